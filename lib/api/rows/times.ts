/** Days and instants as requests give them: of years that the database and the paper know. */
import { z } from 'zod'

/** YYYY-MM-DD of the years 1900 to 9999. */
export const day = z.iso.date().refine((text) => isKnownYear(new Date(text)), 'must be a day of the years 1900 to 9999')

/** An instant with a zone, of the years 1900 to 9999 (UTC). */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant with a zone, such as 2026-06-01T00:00:00Z' })
  .refine((text) => isKnownYear(new Date(text)), 'must be an instant of the years 1900 to 9999')

function isKnownYear(at: Date): boolean {
  const year = at.getUTCFullYear()
  return year >= 1900 && year <= 9999
}
