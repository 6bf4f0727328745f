/** How the public pages say what changed inside a value. */
import type { Language } from '@/components/language'
import type { ChangeWording, LookalikeScript, RunKind } from '@/lib/certificates/diff'
import { apart } from './apart'

const kinds: Record<RunKind, string> = {
  space: 'مسافة',
  spaces: 'مسافات',
  digit: 'رقم',
  digits: 'أرقام',
  letter: 'حرف',
  letters: 'أحرف',
  sign: 'علامة',
  signs: 'علامات',
  text: 'نص',
}

const scripts: Record<LookalikeScript, string> = {
  Latin: 'لاتيني',
  Greek: 'يوناني',
  Cyrillic: 'كيريلي',
  Armenian: 'أرميني',
}

const orSpace = (text: string) => (text === '' ? 'مسافة' : apart(text))
const named = (kind: RunKind, character: string) =>
  kind === 'space' ? kinds.space : `${kinds[kind]} ${apart(character)}`

const ar: ChangeWording = {
  between: '؛ ',
  added: 'أُضيف',
  removed: 'حُذف',
  looksTheSame: 'يبدو كما كان، لكنه مكتوب بمحارف أخرى',
  replacedAsAWhole: 'استُبدل بالكامل',
  places: (n) => `تغيّر في ${apart(String(n))} مواضع`,
  runRemoved: (kind, text) => (text === '' ? `حذف ${kinds[kind]}` : `حذف ${kinds[kind]}: ${apart(text)}`),
  runAdded: (kind, text) => (text === '' ? `إضافة ${kinds[kind]}` : `إضافة ${kinds[kind]}: ${apart(text)}`),
  replaced: (was, is) => `استبدال ${orSpace(was)} بـ ${orSpace(is)}`,
  oneReplaced: (kind, was, is) => `استبدال ${named(kind, was)} بـ ${apart(is)}`,
  kindReplaced: (wasKind, was, isKind, is) => `استبدال ${named(wasKind, was)} بـ ${named(isKind, is)}`,
  madeCapital: (was, is) => `استبدال الحرف الصغير ${apart(was)} بالحرف الكبير ${apart(is)}`,
  madeSmall: (was, is) => `استبدال الحرف الكبير ${apart(was)} بالحرف الصغير ${apart(is)}`,
  scriptReplaced: (wasScript, was, isScript, is) =>
    `استبدال حرف ${scripts[wasScript]} ${apart(was)} بحرف ${scripts[isScript]} ${apart(is)}`,
}

/** For `markChanges`: undefined is English, which it speaks itself. */
export const changeWording: Record<Language, ChangeWording | undefined> = { en: undefined, ar }
