/** The rules of canonical forms as the server uses them. */
import { hash } from 'node:crypto'
import { rulesWith } from './canonical'

export const RULES = rulesWith((text) => hash('sha256', text, 'hex'))
