'use client'
/** A new operator, then the one-time password to hand over. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { call, type AnswerOf } from '@/lib/api/call'
import { OperatorForm } from './operator-form'
import { SecretPanel } from './secret-panel'
import { words } from './words'

export function NewOperatorPage() {
  const queries = useQueryClient()
  const [added, setAdded] = useState<AnswerOf<'POST /v3/operators'> | null>(null)
  const crumbs = [{ key: 'list', label: words.operators.title, href: '/administration/operators' }]
  if (!added) {
    return (
      <>
        <PageHeading crumbs={crumbs} title={words.operators.add} />
        <div className="sheet mt-6 px-5 py-6 sm:px-7">
          <OperatorForm
            operator={null}
            send={(body) => call('POST /v3/operators', { body })}
            done={(answer) => {
              void queries.invalidateQueries({ queryKey: ['operators'] })
              setAdded(answer)
            }}
          />
        </div>
      </>
    )
  }
  const { operator, password } = added
  return (
    <>
      <PageHeading crumbs={crumbs} title={words.operators.added(operator.name)} />
      <div className="mt-6">
        <SecretPanel
          title={words.operators.passwordTitle}
          lead={words.operators.passwordFor(operator.username)}
          secret={password}
          next={words.operators.passwordNext}
        />
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button kind="main" onClick={() => setAdded(null)}>
          {words.operators.another}
        </Button>
        <Link href="/administration/operators" className={buttonClass('second')}>
          {words.back}
        </Link>
      </div>
    </>
  )
}
