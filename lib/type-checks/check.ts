/** The check of a whole certificate type before it can come into force: every error points into it. */
import type { z } from 'zod'
import { openDocument, type TypeDocument, type TypeVersion } from '@/lib/certificate-types/document'
import { declaration } from '@/lib/certificate-types/declaration'
import type { Setting } from '@/lib/certificates/context'
import { checkAliases, checkDeclaration } from './declaration'
import { checkFiles, checkReferences } from './files'
import { Findings, type Finding } from './finding'
import { checkLanguages } from './languages'
import { checkPage } from './page'
import { checkLineage } from './lineage'
import { checkSharedWords } from './shared-words'
import { sizesOf, type Sizes } from './sizes'
import { checkTemplates } from './templates'
import { checkWords } from './words'

export interface Checked {
  errors: Finding[]
  warnings: Finding[]
  /** What a QR code of it holds; null while there are errors. */
  sizes: Sizes | null
  /** Ready for use; null while there are errors. */
  version: TypeVersion | null
}

/**
 * Checks a document against itself and against the versions that certificates were issued under. What is cheap comes
 * first: a page is set, in a child process with a deadline, only of what is right otherwise.
 */
export async function checkDocument(
  context: Setting,
  document: TypeDocument,
  earlier: readonly TypeVersion[],
): Promise<Checked> {
  const found = new Findings()
  const done = (version: TypeVersion | null = null, sizes: Sizes | null = null): Checked => ({
    errors: found.errors,
    warnings: found.warnings,
    sizes,
    version,
  })
  checkFiles(document, found)
  const declared = parsed(document.text, found)
  if (!declared || found.errors.length > 0) return done()
  const version = openDocument(document, 'draft')
  checkDeclaration(version.type, found)
  checkAliases(version.type, earlier, found)
  checkLineage(version.type, earlier, found)
  checkTemplates(version.type, found)
  checkLanguages(version.type, found)
  checkReferences(version, found)
  if (found.errors.length > 0) return done()
  await checkWords(version, earlier, found)
  if (found.errors.length > 0) return done()
  await checkSharedWords(context, version, earlier, found)
  if (found.errors.length > 0) return done()
  const sizes = sizesOf(version.type, context, found)
  await checkPage(context, version, found)
  return found.errors.length > 0 ? done() : done(version, sizes)
}

function parsed(text: string, found: Findings): boolean {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    found.error('', `type.json is no JSON: ${error instanceof Error ? error.message : ''}`)
    return false
  }
  const result = declaration.safeParse(value)
  for (const issue of result.error?.issues ?? []) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    for (const key of keys) {
      found.error([...issue.path, ...(key === null ? [] : [key])] as (string | number)[], sentenceOf(issue, key))
    }
  }
  return result.success
}

function sentenceOf(issue: z.core.$ZodIssue, key: string | null): string {
  return key === null ? issue.message : `${key} means nothing here.`
}
