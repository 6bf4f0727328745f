/** What W3C Bitstring Status List v1.0 demands of an entry in `credentialStatus`. Pure. */
import { isFields, isUrl, listOf, malformed, type Fields, type Problem } from './values'

/** Problems of one entry; entries of other types are not ours to judge. */
export function statusProblems(entry: Fields, path: string): Problem[] {
  if (!listOf(entry.type).includes('BitstringStatusListEntry')) return []
  const { statusPurpose, statusListIndex, statusListCredential, statusSize, statusMessage, statusReference } = entry
  const problems: Problem[] = []
  if (typeof statusPurpose !== 'string' || statusPurpose === '') {
    problems.push(malformed(`${path}/statusPurpose`, 'must be text'))
  }
  if (typeof statusListIndex !== 'string' || !/^(0|[1-9]\d{0,15})$/.test(statusListIndex)) {
    problems.push(malformed(`${path}/statusListIndex`, 'must be a whole number, written as text'))
  }
  if (!isUrl(statusListCredential)) problems.push(malformed(`${path}/statusListCredential`, 'must be a URL'))
  if (entry.id !== undefined && entry.id === statusListCredential) {
    problems.push(malformed(`${path}/id`, 'must not be the address of the list'))
  }
  const size = statusSize === undefined ? 1 : statusSize
  if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > 8) {
    return [...problems, malformed(`${path}/statusSize`, 'must be a whole number from 1 to 8')]
  }
  return [
    ...problems,
    ...messageProblems(statusMessage, size as number, path),
    ...(statusReference === undefined || listOf(statusReference).every(isUrl)
      ? []
      : [malformed(`${path}/statusReference`, 'must be one or more URLs')]),
  ]
}

function messageProblems(messages: unknown, size: number, path: string): Problem[] {
  if (messages === undefined) {
    return size > 1 ? [malformed(`${path}/statusMessage`, 'is missing where an entry has several bits')] : []
  }
  if (!Array.isArray(messages) || messages.length !== 2 ** size) {
    return [malformed(`${path}/statusMessage`, 'must have a message for every value')]
  }
  const good = messages.every(
    (one) =>
      isFields(one) &&
      typeof one.status === 'string' &&
      /^0x[0-9a-f]{1,2}$/i.test(one.status) &&
      typeof one.message === 'string',
  )
  return good ? [] : [malformed(`${path}/statusMessage`, 'must be a list of status and message')]
}
