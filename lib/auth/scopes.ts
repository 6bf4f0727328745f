/** What a token of a source system may do: a closed list. A token has what it was given and nothing else. */

export const SCOPES = ['certify', 'update', 'revoke', 'read', 'share', 'vc', 'types'] as const

export type Scope = (typeof SCOPES)[number]

/** What somebody gets who says nothing: what a source system of DIVOC does every day. */
export const USUAL_SCOPES: readonly Scope[] = ['certify', 'update', 'read']

/** The known ones of a stored list, in the order of the list above. */
export function scopesIn(stored: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => stored.includes(scope))
}
