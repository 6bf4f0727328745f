/** What every public page says. */
import type { Language } from '@/components/language'

const en = {
  skip: 'Skip to the main content',
  footer: (issuer: string) => `A service of ${issuer}`,
}

const ar: typeof en = {
  skip: 'انتقل إلى المحتوى الرئيسي',
  footer: (issuer) => `خدمة من ${issuer}`,
}

export const publicWords: Record<Language, typeof en> = { en, ar }
