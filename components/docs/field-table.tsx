/** The members of a body or an answer: name, type, what it is, an example. On a phone each is a block of its own. */
import { shapeLink } from './anchors'
import { DocLink } from './doc-link'
import { words } from './words'
import type { FieldRow, ReferenceParameter } from '@/lib/developers/answers'

export function FieldTable({ caption, fields }: { caption: string; fields: FieldRow[] }) {
  return (
    <Table caption={caption}>
      {fields.map((field) => (
        <Row
          key={field.path}
          name={field.name}
          above={field.path.slice(0, field.path.length - field.name.length)}
          depth={field.depth}
          note={field.required ? words.endpoint.required : ''}
          type={<Type text={field.type} shape={field.shape} />}
          about={field.description}
          example={field.example}
        />
      ))}
    </Table>
  )
}

export function ParameterTable({ caption, parameters }: { caption: string; parameters: ReferenceParameter[] }) {
  return (
    <Table caption={caption}>
      {parameters.map(({ name, place, required, type, description, choices }) => (
        <Row
          key={`${place} ${name}`}
          name={place === 'header' ? headerName(name) : name}
          above=""
          depth={0}
          note={required ? words.endpoint.required : ''}
          type={`${words.endpoint.place[place]}${choices.length > 0 ? '' : `, ${inWords(type)}`}`}
          about={[description, choices.length > 0 && words.endpoint.oneOf(choices)].filter(Boolean).join('. ')}
          example=""
        />
      ))}
    </Table>
  )
}

function Table({ caption, children }: { caption: string; children: React.ReactNode }) {
  return (
    // Drawn as blocks on a phone, it would be no table any more without the roles.
    <table role="table" className="w-full table-fixed text-[0.9375rem] max-sm:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-sm:sr-only">
        <tr role="row" className="border-b border-line text-xs text-ink-3">
          {[words.endpoint.field, words.endpoint.type, words.endpoint.about].map((head, at) => (
            <th
              key={head}
              role="columnheader"
              scope="col"
              className={`py-1.5 pe-4 text-start font-semibold ${['w-[34%]', 'w-[24%]', ''][at]}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {children}
      </tbody>
    </table>
  )
}

interface RowProps {
  name: string
  /** The names around it, with the dots. */
  above: string
  depth: number
  note: string
  type: React.ReactNode
  about: string
  example: string
}

function Row({ name, above, depth, note, type, about, example }: RowProps) {
  return (
    <tr role="row" className="border-b border-line align-top last:border-b-0 max-sm:block max-sm:py-2.5">
      <th
        role="rowheader"
        scope="row"
        className="py-2 pe-4 text-start font-normal max-sm:block max-sm:p-0"
        style={{ paddingInlineStart: `${depth * 1.1}rem` }}
      >
        <bdi dir="ltr" className="font-mono text-[0.8125rem] wrap-anywhere">
          <span className={depth > 0 ? 'text-ink-3' : ''}>{above}</span>
          <span className="font-semibold">{name}</span>
        </bdi>
        {note && <span className="ms-2 text-xs text-ink-3">{note}</span>}
      </th>
      <td role="cell" className="py-2 pe-4 text-sm text-ink-2 max-sm:block max-sm:p-0">
        {type}
      </td>
      <td role="cell" className="py-2 text-sm text-ink-2 max-sm:block max-sm:p-0">
        {about}
        {example && (
          <bdi dir="ltr" className="block font-mono text-xs text-ink-3 wrap-anywhere">
            {example}
          </bdi>
        )}
      </td>
    </tr>
  )
}

function Type({ text, shape }: { text: string; shape: string | null }) {
  if (!shape) return text
  const [before, after] = text.split(shape)
  return (
    <>
      {before}
      <DocLink href={shapeLink(shape)}>{shape}</DocLink>
      {after}
    </>
  )
}

/** "if-match" as it is written: "If-Match". */
function headerName(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}

function inWords(type: string): string {
  return ({ string: 'text', integer: 'whole number', boolean: 'true or false' } as Record<string, string>)[type] ?? type
}
