/** Changes of a certificate type, each whole: a field comes with its place, its words and what verifiers see. Pure. */
import { changeField, addField, dropField, moveField, placeField, showField, type NewField } from './change-fields'
import { addSection, dropSection, setLogo, type NewSection } from './change-parts'
import type { Places } from './change-credential'
import {
  assign,
  declaredIn,
  moved,
  sectionAt,
  type Draft,
  type DraftField,
  type DraftSection,
  type DraftType,
  type Json,
} from './draft'
import { jsonText } from './json-text'

export type Change =
  | { do: 'addField'; section: string; field: NewField; after?: string; places: Places; verified: boolean }
  | { do: 'changeField'; path: string; values: Partial<DraftField> }
  | { do: 'dropField'; path: string }
  | { do: 'moveField'; path: string; by: -1 | 1 }
  | { do: 'placeField'; path: string; places: Places }
  | { do: 'showField'; path: string; verified: boolean }
  | { do: 'addSection'; section: NewSection }
  | { do: 'changeSection'; id: string; values: Partial<DraftSection> }
  | { do: 'dropSection'; id: string }
  | { do: 'moveSection'; id: string; by: -1 | 1 }
  | { do: 'setList'; list: string; rows: Json[] }
  /** A member of the declaration itself; undefined takes it away. */
  | { do: 'set'; member: 'title' | 'titles' | 'alsoIn' | 'updateLimit' | 'approval'; value: unknown }
  | { do: 'setLogo'; file: { name: string; content: string } | null }

/** What changes need to know of what is in force. */
export interface InForce {
  /** Highest number of the words of VC Data Model 2.0 that was ever in force; 0: none. */
  vocabulary: number
}

/**
 * The draft with the change. What the change does not know stays, and all members keep their order. Throws an Error for
 * what is not there, and for a draft without the shape of a type (declaredIn answers null).
 */
export function changed(draft: Draft, change: Change, inForce: InForce): Draft {
  const type = declaredIn(draft)
  if (!type) throw new Error('This draft has not the shape of a certificate type.')
  const files = apply(type, draft.files, change, inForce)
  return { document: `${jsonText(type)}\n`, files }
}

function apply(type: DraftType, files: Draft['files'], change: Change, { vocabulary }: InForce): Draft['files'] {
  switch (change.do) {
    case 'addField':
      return addField(type, files, change, vocabulary)
    case 'placeField':
      return placeField(type, files, change.path, change.places, vocabulary)
    case 'setLogo':
      return setLogo(type, files, change.file)
    case 'changeField':
      changeField(type, change.path, change.values)
      break
    case 'dropField':
      dropField(type, change.path)
      break
    case 'moveField':
      moveField(type, change.path, change.by)
      break
    case 'showField':
      showField(type, change.path, change.verified)
      break
    case 'addSection':
      addSection(type, change.section)
      break
    case 'changeSection':
      assign(sectionAt(type, change.id), change.values)
      break
    case 'dropSection':
      dropSection(type, change.id)
      break
    case 'moveSection':
      moved(type.sections, ({ id }) => id === change.id, change.by)
      break
    case 'setList':
      type.codeLists[change.list] = change.rows
      break
    case 'set':
      assign(type, { [change.member]: change.value })
  }
  return files
}
