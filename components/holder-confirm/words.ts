/** What the holder reads while confirming a correction on the own phone. */
import type { Language } from '@/components/language'
import { apart } from '@/components/public/apart'

const en = {
  title: 'Are the new details right?',
  lead: 'This is what will change on your certificate. Compare it with your passport or identity card. Nothing changes before you answer.',
  loading: 'Loading the changes',
  dose: (dose: number, total: number) => (dose > total ? `Dose ${dose} (booster)` : `Dose ${dose} of ${total}`),
  now: 'Now',
  after: 'New',
  empty: 'empty',
  wrong: 'This is wrong',
  whatIsRight: 'What is right? You can leave this empty.',
  allRight: 'All of this is right',
  sendWrong: (n: number) => (n === 1 ? 'Send: 1 detail is wrong' : `Send: ${n} details are wrong`),
  sending: 'Sending…',
  timeLeft: (time: string) => `Time left to answer: ${time}`,
  thanks: 'Thank you',
  confirmed: 'You confirmed the new details. The person at the desk sees it now.',
  reported: 'The person at the desk sees now what you marked. When it is put right, you can look again.',
  close: 'You can close this page.',
  cannotTitle: 'This code does not work any more',
  cannot:
    'It works for one minute, once, and on one phone. Ask the person at the desk to show you a new code, then scan that.',
  overTitle: 'The time is over',
  over: 'Nothing was sent. Ask the person at the desk to show you a new code, or say it there.',
  tooManyTitle: 'Too many tries',
  tooMany: 'Wait a quarter of an hour, or say at the desk what is right.',
  unreachable: 'No connection. Nothing was sent yet.',
  busy: 'This does not work now. Nothing was sent.',
  retry: 'Try again',
}

const ar: typeof en = {
  title: 'هل البيانات الجديدة صحيحة؟',
  lead: 'هذا ما سيتغيّر في شهادتك. قارنه بجواز سفرك أو ببطاقة هويتك. لن يتغيّر شيء قبل أن تجيب.',
  loading: 'جارٍ تحميل التغييرات',
  dose: (dose, total) =>
    dose > total ? `الجرعة ${apart(String(dose))} (معزّزة)` : `الجرعة ${apart(String(dose))} من ${apart(String(total))}`,
  now: 'الآن',
  after: 'الجديد',
  empty: 'فارغ',
  wrong: 'هذا خطأ',
  whatIsRight: 'ما الصحيح؟ يمكنك ترك هذا فارغًا.',
  allRight: 'كل هذا صحيح',
  sendWrong: (n) => `إرسال: عدد البيانات الخاطئة ${apart(String(n))}`,
  sending: 'جارٍ الإرسال…',
  timeLeft: (time) => `الوقت المتبقي للإجابة: ${apart(time)}`,
  thanks: 'شكرًا لك',
  confirmed: 'لقد أكّدت البيانات الجديدة. يراها الموظف الآن.',
  reported: 'يرى الموظف الآن ما حدّدته. عندما يُصحَّح يمكنك أن تنظر مرة أخرى.',
  close: 'يمكنك إغلاق هذه الصفحة.',
  cannotTitle: 'لم يعد هذا الرمز يعمل',
  cannot: 'يعمل الرمز دقيقة واحدة، مرة واحدة، على هاتف واحد. اطلب من الموظف رمزًا جديدًا ثم امسحه.',
  overTitle: 'انتهى الوقت',
  over: 'لم يُرسل شيء. اطلب من الموظف رمزًا جديدًا، أو أخبره بما هو صحيح.',
  tooManyTitle: 'محاولات كثيرة جدًا',
  tooMany: 'انتظر ربع ساعة، أو أخبر الموظف بما هو صحيح.',
  unreachable: 'لا يوجد اتصال. لم يُرسل شيء بعد.',
  busy: 'هذا لا يعمل الآن. لم يُرسل شيء.',
  retry: 'حاول مرة أخرى',
}

export const confirmWords: Record<Language, typeof en> = { en, ar }
