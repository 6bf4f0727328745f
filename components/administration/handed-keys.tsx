/** What was read from a pasted text: which keys, what they are called, and the fingerprints to compare. */
import { Notice } from '@/components/ui/notice'
import { Value } from '@/components/ui/value'
import { fingerprintOf, type HandedKey } from '@/lib/verification/key-text'
import { trustWords as words } from './trust-words'

export function HandedKeys({ keys }: { keys: HandedKey[] }) {
  return (
    <Notice kind="info" live="status" title={words.found(keys.length)}>
      <ul className="mt-1 space-y-3">
        {keys.map((key) => (
          <li key={key.publicKey}>
            <dl className="grid gap-x-4 sm:grid-cols-[auto_1fr]">
              <dt className="text-ink-2">{words.keyName}</dt>
              <dd className="wrap-anywhere">
                {key.verificationMethod ? <Value ltr>{key.verificationMethod}</Value> : words.unnamed}
              </dd>
              <dt className="text-ink-2">{words.fingerprint}</dt>
              <dd>
                {words.algorithm[key.algorithm]} · <Fingerprint text={fingerprintOf(key)} />
              </dd>
            </dl>
          </li>
        ))}
      </ul>
      <p className="mt-2">{words.compare}</p>
    </Notice>
  )
}

/** In groups that two people can read to each other. */
export function Fingerprint({ text }: { text: string }) {
  return (
    <span className="font-mono font-semibold">
      <Value ltr>{text}</Value>
    </span>
  )
}
