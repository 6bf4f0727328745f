/** Sentences about who looked at a record, for its holder. */
import type { Language } from '@/components/language'
import type { HolderLook } from '@/lib/holders/answers'

export interface LooksWords {
  title: string
  lead: string
  none: string
  show: (n: number) => string
  operator: (facility: string) => string
  client: (facility: string) => string
  holder: string
  /** Through whose link it was. */
  link: Record<NonNullable<HolderLook['linkBy']>, (facility: string) => string>
  took: string
  opened: string
  reasons: Record<NonNullable<HolderLook['opened']>, string>
  revealed: string
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
    link: {
      operator: (facility) => `(link made by staff of ${facility})`,
      client: (facility) => `(link made by a computer system, for ${facility})`,
    },
    took: 'A copy was printed or downloaded',
    opened: 'Opened by a place that does not keep your record. Their reason:',
    reasons: {
      holder_asks: 'you were there and asked.',
      urgent_care: 'urgent care.',
      moved_here: 'you moved to them.',
      inquiry: 'an inquiry or complaint.',
      audit: 'a check by an auditor.',
      other: 'something else, which is written down.',
    },
    revealed: 'Your identity number and contacts were shown',
  },
  ar: {
    title: 'من اطّلع عليها',
    lead: 'يُسجَّل كل اطلاع على سجلك. ما كان من جهة واحدة في يوم واحد يظهر هنا مرة واحدة.',
    none: 'لم يطّلع عليها أحد بعد.',
    show: (n) => `عرض كل القيود (${n})`,
    operator: (facility) => `موظفو ${facility}`,
    client: (facility) => `نظام حاسوبي لصالح ${facility}`,
    holder: 'أنت، أو شخص لديه رابطك وإجاباتك',
    link: {
      operator: (facility) => `(أنشأ الرابط موظفو ${facility})`,
      client: (facility) => `(أنشأ الرابط نظام حاسوبي لصالح ${facility})`,
    },
    took: 'طُبعت نسخة أو نُزّلت',
    opened: 'فتحتها جهة لا تحتفظ بسجلك. السبب:',
    reasons: {
      holder_asks: 'كنت حاضرًا وطلبت ذلك.',
      urgent_care: 'رعاية عاجلة.',
      moved_here: 'انتقلت إليها.',
      inquiry: 'استفسار أو شكوى.',
      audit: 'فحص من مدقق.',
      other: 'سبب آخر مدوَّن.',
    },
    revealed: 'عُرض رقم هويتك ووسائل الاتصال بك',
  },
}
