/** `npm run keys`: what an operator of the machine does with signing keys. Run by lib/start/keys.mjs. */
import { config } from './config'
import { listKeys, prepareKey, rotateKey, withdrawKey, type KeyFacts } from './signing/rotation'

const USAGE = `npm run keys -- list                      every key: what it is for, its thumbprint
npm run keys -- prepare [rsa|ed25519]    make the next key and publish it; it does not sign yet
npm run keys -- rotate [rsa|ed25519]     the next key signs from now on
npm run keys -- withdraw <thumbprint>    a key that others may hold counts no longer (says what that means first)

Without a type: the one of SIGNING_KEY_TYPE.`

const HOW_TO_ROTATE = `Verifiers keep the published keys for 5 minutes, and those who work offline until they are next online. Prepare the next key
a day ahead, so that all of them know it when it begins to sign.`

/** The sentences to print; throws an Error with a sentence for the operator. */
async function run(args: string[]): Promise<string> {
  const [command, word] = args.filter((arg) => arg !== '--yes')
  const settings = config()
  const type = word === undefined ? settings.signing.keyType : word.toUpperCase()
  if (command === 'list') return (await listKeys(settings)).map(line).join('\n')
  if ((command === 'prepare' || command === 'rotate') && (type === 'RSA' || type === 'ED25519')) {
    if (command === 'prepare') {
      const { thumbprint } = await prepareKey(settings, type)
      return `${thumbprint} is published and will sign after \`npm run keys -- rotate\`.\n\n${HOW_TO_ROTATE}`
    }
    const { before, after } = await rotateKey(settings, type)
    return `${after} signs from now on: a running worker takes it up within a second, nothing has to be started again.
${before ? `${before} signs no more. Certificates that it signed stay valid, and its public half stays published.` : ''}
Back up DATA_DIR now: it holds the only copy of the new private key.`
  }
  if (command === 'withdraw' && word) {
    if (!args.includes('--yes')) return consequences(await found(settings, word))
    const { thumbprint } = await withdrawKey(settings, word, new Date())
    return `${thumbprint} is withdrawn. Verifiers learn of it when they next ask for the keys, 5 minutes at the latest if they are online.`
  }
  throw new Error(USAGE)
}

async function found(settings: ReturnType<typeof config>, beginning: string): Promise<KeyFacts> {
  const known = (await listKeys(settings)).filter(({ thumbprint }) => thumbprint.startsWith(beginning))
  if (known.length !== 1) throw new Error(`${known.length} keys begin so. \`npm run keys -- list\` shows all of them.`)
  return known[0]!
}

function consequences({ thumbprint, use }: KeyFacts): string {
  return `Nothing has been done yet. ${thumbprint} (${use}): withdraw it only when somebody else may hold its private half.

  - Every certificate that it signed becomes "not genuine" for every verifier, on paper and on phones. That cannot be taken back.
  - The people who hold such certificates need new ones: each has to be updated and printed again.
  - Status lists are signed again by the present key at once.
  - It never signs again, also where a backup or a setting brings it back.

A key that is only old needs none of this: it stays published and does no harm.
To go on: npm run keys -- withdraw ${thumbprint} --yes`
}

function line({ thumbprint, type, use }: KeyFacts): string {
  return `${thumbprint}  ${type.padEnd(7)}  ${use}`
}

try {
  process.stdout.write(`${await run(process.argv.slice(2))}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
