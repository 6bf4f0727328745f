/** .github/roles.md: who may do what, written from the contract and the tables of roles and scopes. */
import { ROLES } from '@/lib/auth/roles'
import { contract } from '@/lib/api/contract'
import type { Endpoint } from '@/lib/api/endpoint'
import { rolesOf } from '@/lib/api/roles'
import { scopeOf } from '@/lib/api/scopes'
import { TOPICS, topicOf } from '@/lib/api/topics'
import { ABOUT_A_RECORD, ABOUT_NO_RECORD } from './matrix-requests'

const HEAD = `# Who may do what

Written from the contract, \`lib/api/roles.ts\` and \`lib/api/scopes.ts\` by \`lib/api/roles.test.ts\`, which fails when this page is
not up to date (\`npx vitest run -u\` writes it). \`lib/api/matrix.db.test.ts\` calls every endpoint as every kind of caller and
compares the answers with these tables.

- **operator**: finds, corrects and prints certificates. **supervisor**: approves, cancels, grants exceptions, for a facility or
  a district. **auditor**: reads the log. **administrator**: people, facilities, source systems, keys. A person has a set of
  roles; what no line allows nobody may do. A change takes effect with the next request.
- **source system**: the scope that its token needs, within its facility, its district and its programmes.
- **reach**: "within" = only records of facilities that the caller reaches (own facility, a supervisor's district, all of them
  for whoever belongs to none); others are refused with NOT_YOUR_FACILITY or left out of lists. Auditors and administrators
  reach none; an auditor, as everybody who works with records, can open one with a reason (/v3/openings). At DIVOC's addresses
  the same rules hold.
`

/** The page. */
export function rolesDocument(): string {
  const rows = (Object.values(contract) as Endpoint[]).filter(({ operation }) => !/^divoc[A-Z]/.test(operation))
  const topics = TOPICS.map(({ name }) => ({ name, rows: rows.filter((row) => topicOf(row) === name) }))
  const parts = topics
    .filter((topic) => topic.rows.length > 0)
    .map((topic) => `## ${topic.name}\n\n${table(topic.rows)}\n`)
  return `${HEAD}\n${parts.join('\n')}`
}

function table(rows: Endpoint[]): string {
  const head = ['endpoint', 'source system', ...ROLES, 'reach']
  const cells = [head, ...rows.map(cellsOf)]
  const widths = head.map((_name, at) => Math.max(...cells.map((row) => row[at]!.length), 3))
  const line = (row: string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.slice(1).map(line)].join(
    '\n',
  )
}

function cellsOf(row: Endpoint): string[] {
  const { method, path, operation, who } = row
  const address = `${method} ${path}`
  if (who === 'anyone') return [address, 'anybody', ...ROLES.map(() => 'anybody'), '']
  const scope = scopeOf(row)
  const roles = rolesOf(row) ?? []
  const reach = operation in ABOUT_A_RECORD ? 'within' : (ABOUT_NO_RECORD[operation] ?? '')
  return [
    address,
    scope === 'any' ? 'yes' : (scope ?? ''),
    ...ROLES.map((role) => (roles.includes(role) ? 'yes' : '')),
    reach,
  ]
}
