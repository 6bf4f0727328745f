/** The check of a type that is a folder of files, without a database: what `npm run check:type` says. */
import { dirname } from 'node:path'
import { ZodError } from 'zod'
import { openDocument, type TypeDocument, type TypeVersion } from '@/lib/certificate-types/document'
import { documentIn, shippedTypes, typesIn, UnreadableFile } from '@/lib/certificate-types/seed'
import type { Setting } from '@/lib/certificates/context'
import { checkDocument, type Checked } from './check'

/** Checks the type in a folder against itself, the types that are shipped, and those in the folders beside it. */
export async function checkFolder(setting: Setting, folder: string): Promise<Checked> {
  let document: TypeDocument
  try {
    document = documentIn(folder)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { errors: [{ path: error.path, message: error.message }], warnings: [], sizes: null, version: null }
  }
  const others = [...shippedTypes(), ...typesIn(dirname(folder))].flatMap((found) =>
    'document' in found && found.document.text !== document.text ? opened(found.document) : [],
  )
  return checkDocument(setting, document, others)
}

/** Others that are wrong are another matter. */
function opened(document: TypeDocument): TypeVersion[] {
  try {
    return [openDocument(document, 'published')]
  } catch (error) {
    if (error instanceof ZodError || error instanceof SyntaxError) return []
    throw error
  }
}
