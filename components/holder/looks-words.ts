/** Sentences about who looked at a record, for its holder. */
import type { Language } from '@/components/language'

export interface LooksWords {
  title: string
  lead: string
  none: string
  show: (n: number) => string
  operator: (facility: string) => string
  client: (facility: string) => string
  holder: string
  took: string
}

export const looksWords: Record<Language, LooksWords> = {
  en: {
    title: 'Who looked at it',
    lead: 'Every look at your record is written down. Those of one place on one day stand here once.',
    none: 'Nobody has looked at it yet.',
    show: (n) => `Show all ${n} entries`,
    operator: (facility) => `Staff of ${facility}`,
    client: (facility) => `A computer system, for ${facility}`,
    holder: 'You, or somebody with your link and your answers',
    took: 'A copy was printed or downloaded',
  },
  ar: {
    title: 'من اطّلع عليها',
    lead: 'يُسجَّل كل اطلاع على سجلك. ما كان من جهة واحدة في يوم واحد يظهر هنا مرة واحدة.',
    none: 'لم يطّلع عليها أحد بعد.',
    show: (n) => `عرض كل القيود (${n})`,
    operator: (facility) => `موظفو ${facility}`,
    client: (facility) => `نظام حاسوبي لصالح ${facility}`,
    holder: 'أنت، أو شخص لديه رابطك وإجاباتك',
    took: 'طُبعت نسخة أو نُزّلت',
  },
}
