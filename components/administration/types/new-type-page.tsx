'use client'
/** A new certificate type, as a copy of one that is there. */
import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { Loaded } from '@/components/administration/loaded'
import { useSaving } from '@/components/administration/use-saving'
import { Button } from '@/components/ui/button'
import { ErrorSummary, type FormProblem } from '@/components/ui/error-summary'
import { PageHeading } from '@/components/ui/page-heading'
import { call } from '@/lib/api/call'
import { changed } from '@/lib/certificate-types/change'
import type { TypeOverview, VersionHeading } from '@/lib/type-checks/answers'
import { addressOfVersion, TYPES } from './addresses'
import { SelectField } from './select-field'
import { useTypesChanged } from './use-type'
import { words } from './words'

export function NewTypePage() {
  const asked = useQuery({ queryKey: ['type-overview'], queryFn: () => call('GET /v3/type-overview') })
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.title, href: TYPES }]}
        title={words.add.title}
        lead={words.add.lead}
      />
      <Loaded asked={asked} listHref={TYPES}>
        {({ types }) => <NewTypeForm types={types} />}
      </Loaded>
    </>
  )
}

function NewTypeForm({ types }: { types: TypeOverview[] }) {
  const router = useRouter()
  const forgotten = useTypesChanged()
  const asked = useSearchParams().get('of')
  const sources = types.filter(({ inForce }) => inForce)
  const [of, setOf] = useState(sources.find(({ name }) => name === asked)?.name ?? sources[0]?.name ?? '')
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const saving = useSaving({ '/document/name': { id: 'type-name', label: words.add.name } }, 'type-name')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const source = sources.find((type) => type.name === of)?.inForce
    const wrong = wrongIn(name, title, types)
    if (wrong.length > 0 || !source) return saving.fail(wrong)
    void saving.run(
      () => copied(source, name, title.trim()),
      ({ version }) => {
        forgotten()
        router.push(addressOfVersion(name, version))
      },
    )
  }
  return (
    <form noValidate onSubmit={submit} className="sheet mt-6 space-y-5 px-5 py-6 sm:px-7">
      <ErrorSummary problems={saving.problems} turn={saving.turn} />
      <SelectField
        id="type-of"
        label={words.add.of}
        hint={words.add.ofHint}
        value={of}
        onChange={setOf}
        options={sources.map((type) => ({ value: type.name, label: `${type.title} (${type.name})` }))}
      />
      <TextField
        id="type-name"
        label={words.add.name}
        hint={words.add.nameHint}
        problems={saving.problems}
        value={name}
        onChange={setName}
        ltr
      />
      <TextField
        id="type-title"
        label={words.add.heading}
        hint={words.add.headingHint}
        problems={saving.problems}
        value={title}
        onChange={setTitle}
      />
      <Button kind="main" type="submit" busy={saving.busy}>
        {words.add.submit}
      </Button>
    </form>
  )
}

function wrongIn(name: string, title: string, types: TypeOverview[]): FormProblem[] {
  const wrong: FormProblem[] = []
  if (!/^[A-Z][A-Za-z0-9]{0,59}$/.test(name)) wrong.push({ target: 'type-name', message: words.add.nameWrong })
  else if (types.some((type) => type.name === name)) wrong.push({ target: 'type-name', message: words.add.nameTaken })
  if (title.trim() === '') wrong.push({ target: 'type-title', message: words.add.headingMissing })
  return wrong
}

/** A draft under a new name. Other names of the source stay its own. */
async function copied(source: VersionHeading, name: string, title: string): Promise<VersionHeading> {
  const { document, files } = await call('GET /v3/types/{name}/versions/{version}', {
    params: { name: source.name, version: source.version },
  })
  const { aliases: _aliases, ...declared } = JSON.parse(document) as Record<string, unknown>
  const draft = changed(
    { document: JSON.stringify(declared), files },
    { do: 'set', member: 'title', value: title },
    { vocabulary: 0 },
  )
  return call('POST /v3/types/{name}/versions', { params: { name }, body: { ...draft, note: words.add.title } })
}
