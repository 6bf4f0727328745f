'use client'
/** Choosing what is to be issued anew: the form, then how many they are and how they would look. */
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { useHas } from '@/components/place'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { call } from '@/lib/api/call'
import { ChoiceForm } from './choice-form'
import { ChoiceList } from './choice-list'
import { beginWith, wantedBy } from './choice-values'
import { PreviewPart } from './preview-part'
import { REISSUES } from './reissues-page'
import { words } from './words'

/** With ?type= it begins with that type, with ?code= it is about that one certificate. */
export function NewReissuePage() {
  const types = useQuery({ queryKey: ['types-in-force'], queryFn: () => call('GET /v3/types'), staleTime: 0 })
  const asked = useSearchParams()
  if (!types.data) return <Skeleton className="h-96 w-full rounded-sheet" />
  const known = types.data.types
  const named = known.find(({ name }) => name === asked.get('type')) ?? known[0]!
  const code = asked.get('code') ?? ''
  return <NewReissue key={`${named.name} ${code}`} types={known} type={named.name} code={code} />
}

interface NewReissueProps {
  types: { name: string; title: string; version: number }[]
  type: string
  code: string
}

function NewReissue({ types, type, code }: NewReissueProps) {
  const many = useHas('administrator')
  const [values, setValues] = useState(() => beginWith(type, code))
  const [looks, setLooks] = useState(code !== '')
  const wanted = wantedBy(values)
  const { title, version } = types.find(({ name }) => name === values.type)!
  return (
    <>
      <PageHeading
        key={looks ? 'preview' : 'form'}
        crumbs={[{ key: 'list', label: words.title, href: REISSUES }]}
        title={looks ? words.preview.title : words.form.title}
        lead={looks ? undefined : words.form.lead}
      />
      <div className="mt-6 space-y-6">
        {looks ? (
          <>
            <Card id="choice" title={words.choice.title}>
              <ChoiceList title={title} version={version} choice={wanted.choice} given={wanted.choice.codes.length} />
            </Card>
            <PreviewPart wanted={wanted} onBack={() => setLooks(false)} />
          </>
        ) : (
          <ChoiceForm values={values} types={types} many={many} onChange={setValues} onSubmit={() => setLooks(true)} />
        )}
      </div>
    </>
  )
}
