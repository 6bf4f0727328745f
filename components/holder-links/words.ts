/** What operators read about links for holders, and what stands on the printed slip, which speaks two languages. */
import { apart } from '@/components/public/apart'

export const linkWords = {
  title: 'Link for the holder',
  lead: 'The holder opens the current certificate on the own phone, sees what changed, and can report what is still wrong.',
  make: 'Make a link',
  another: 'Make another link',
  making: 'Making it…',
  failed: 'The link could not be made. Try again.',
  noCheck: 'No link can be made: the record has no date of birth, and its identity number is too short to ask for.',
  made: 'The link is ready',
  onlyNow: 'It is shown this once. Print it, copy it, or let the holder scan the code now.',
  qrAlt: 'QR code of the link',
  address: 'Address of the link',
  copy: 'Copy the link',
  copied: 'Copied',
  print: 'Print a slip',
  done: 'Done',
  asks: 'It asks for the date of birth; where only an age is recorded, for the year of birth and the end of the identity number.',
  worksUntil: (day: string) => `works until ${day}`,
  madeBy: (day: string, name: string) => `made ${day} by ${name}`,
  opened: (moment: string) => `opened ${moment}`,
  notOpened: 'not opened yet',
  active: (n: number) => (n === 1 ? '1 link works' : `${n} links work`),
  activeNote: (n: number) => `${n === 1 ? 'It opens' : 'Each of them opens'} whatever certificate is current.`,
  revoke: 'End the link',
  revokeLink: (day: string) => `End the link made ${day}`,
  revoked: 'The link has ended.',
  revokeFailed: 'The link could not be ended. Try again.',
  listFailed: 'The links could not be read.',
  retry: 'Try again',
  printFailed: 'The slip could not be counted, so it was not printed. Try again.',
}

/** The slip, once in each language. */
export const slipWords = {
  en: {
    title: 'Your certificate on your phone',
    scan: 'Scan this code with the camera of your phone, or type the address.',
    asks: 'It asks for your date of birth as it is on the certificate. If the certificate shows only an age, it asks for your year of birth and the last 4 letters or digits of your identity number.',
    ending: (digits: string) => `Certificate ending in ${digits}`,
    until: (day: string) => `Works until ${day}`,
    alone: 'It works only with your answer. Do not give this slip to anybody else.',
  },
  ar: {
    title: 'شهادتك على هاتفك',
    scan: 'امسح هذا الرمز بكاميرا هاتفك، أو اكتب العنوان.',
    asks: 'يُطلب منك تاريخ ميلادك كما هو في الشهادة. إذا كانت الشهادة تُظهر العمر فقط فتُطلب سنة ميلادك وآخر 4 أحرف أو أرقام من رقم هويتك.',
    ending: (digits: string) => `الشهادة التي تنتهي بـ ${apart(digits)}`,
    until: (day: string) => `يعمل حتى ${apart(day)}`,
    alone: 'لا يعمل إلا بجوابك. لا تعطِ هذه الورقة لأحد.',
  },
}
