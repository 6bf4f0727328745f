'use client'
/** Title, languages, logo, and what corrections are allowed. */
import { Upload, X } from 'lucide-react'
import { TextField, Tick } from '@/components/administration/form-parts'
import { Button } from '@/components/ui/button'
import { isJson, type Draft, type DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import type { Changing } from './changing'
import { FileButton } from './file-button'
import { FilePicture } from './file-picture'
import { LabelsEditor } from './labels-editor'

interface RulesPanelProps {
  draft: Draft
  type: DraftType
  changing: Changing
}

export function RulesPanel({ draft, type, changing }: RulesPanelProps) {
  const { change } = changing
  const problems = (member: string) =>
    changing.errors
      .filter(({ path }) => path === `/${member}` || path.startsWith(`/${member}/`))
      .map(({ message }) => ({ target: `rule-${member}`, message }))
  return (
    <div className="sheet space-y-6 px-5 py-5">
      <TextField
        id="rule-title"
        label={words.rules.title}
        problems={problems('title')}
        value={type.title}
        onChange={(value) => change({ do: 'set', member: 'title', value })}
      />
      <LabelsEditor
        id="rule-titles"
        legend={words.rules.titles}
        labels={type.titles as Record<string, string> | undefined}
        alsoIn={type.alsoIn}
        onChange={(value) => change({ do: 'set', member: 'titles', value })}
      />
      <TextField
        id="rule-alsoIn"
        label={words.rules.alsoIn}
        hint={words.rules.alsoInHint}
        problems={problems('alsoIn')}
        value={String(type.alsoIn ?? '')}
        onChange={(value) => change({ do: 'set', member: 'alsoIn', value: value.trim() || undefined })}
        ltr
      />
      <Logo draft={draft} type={type} changing={changing} />
      <TextField
        id="rule-updateLimit"
        label={words.rules.updateLimit}
        hint={words.rules.updateLimitHint}
        problems={problems('updateLimit')}
        value={String(type.updateLimit ?? '')}
        onChange={(text) =>
          change({
            do: 'set',
            member: 'updateLimit',
            value: text === '' ? undefined : /^\d+$/.test(text) ? Number(text) : text,
          })
        }
        numeric
        ltr
      />
      <Approval type={type} changing={changing} />
    </div>
  )
}

function Logo({ draft, type, changing }: RulesPanelProps) {
  const name = isJson(type.page) && typeof type.page.logo === 'string' ? type.page.logo : null
  const content = name === null ? undefined : draft.files[name]
  const problems = changing.errors.filter(({ path }) => path === '/page/logo' || path === `/files/${name}`)
  return (
    <div role="group" aria-labelledby="rule-logo" className="space-y-2">
      <p id="rule-logo" className="text-sm font-semibold">
        {words.rules.logo}
      </p>
      <p className="text-sm text-ink-3">{words.rules.logoHint}</p>
      {name !== null && content !== undefined && (
        <FilePicture name={name} content={content} alt={words.rules.logoAlt} />
      )}
      {problems.map(({ message }, index) => (
        <p key={index} className="text-sm font-semibold text-stop">
          {message}
        </p>
      ))}
      <div className="flex flex-wrap gap-3">
        <FileButton
          accept=".svg,.png"
          icon={<Upload aria-hidden className="size-4" />}
          label={words.rules.logoChoose}
          onFile={(chosen, bytes) =>
            changing.change({ do: 'setLogo', file: { name: free(chosen, name, draft.files), content: bytes } })
          }
        />
        {name !== null && (
          <Button onClick={() => changing.change({ do: 'setLogo', file: null })}>
            <X aria-hidden className="size-4" />
            {words.rules.logoRemove}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The name of another file of the type stays with that one. */
function free(chosen: string, present: string | null, files: Draft['files']): string {
  return chosen !== present && Object.hasOwn(files, chosen) ? `own-${chosen}` : chosen
}

const OF = ['operator', 'supervisor', 'client'] as const
const FLAGS = ['nameAndBirthDate', 'largeNameChange', 'lastUpdate', 'otherFacility'] as const

function Approval({ type, changing }: Omit<RulesPanelProps, 'draft'>) {
  const approval = isJson(type.approval) ? type.approval : null
  const of = Array.isArray(approval?.of) ? approval.of.map(String) : []
  const set = (value: unknown) => changing.change({ do: 'set', member: 'approval', value })
  return (
    <fieldset>
      <legend className="text-sm font-semibold">{words.rules.approval}</legend>
      <p className="text-sm text-ink-3">{words.rules.approvalHint}</p>
      <p className="mt-3 text-sm font-semibold text-ink-2">{words.rules.approvalOf}</p>
      <div className="flex flex-wrap gap-x-6">
        {OF.map((who) => (
          <Tick
            key={who}
            id={`approval-of-${who}`}
            label={words.rules.approvalOfNames[who]}
            checked={of.includes(who)}
            onChange={(on) => {
              const next = OF.filter((one) => (one === who ? on : of.includes(one)))
              // Of nobody is no rule at all.
              set(next.length === 0 ? undefined : { ...approval, of: next })
            }}
          />
        ))}
      </div>
      {approval && (
        <div className="mt-1">
          {FLAGS.map((flag) => (
            <Tick
              key={flag}
              id={`approval-${flag}`}
              label={words.rules.approvalFlags[flag]}
              checked={approval[flag] === true}
              onChange={(on) => set({ ...approval, [flag]: on || undefined })}
            />
          ))}
        </div>
      )}
    </fieldset>
  )
}
