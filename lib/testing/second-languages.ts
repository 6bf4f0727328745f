/** The shipped type with labels in another language, short and very long ones, as an installation would add them. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { VACCINATION } from './vaccination'

type Words = Record<'title' | 'recipient' | 'vaccination' | 'vaccinator' | 'facility' | 'long', string> & {
  fields: Record<string, string>
}

const WORDS: Record<'hi' | 'si' | 'ta' | 'ar', Words> = {
  hi: {
    title: 'टीकाकरण प्रमाणपत्र',
    recipient: 'प्राप्तकर्ता',
    vaccination: 'टीकाकरण',
    vaccinator: 'टीका लगाने वाला',
    facility: 'स्वास्थ्य केंद्र',
    long: 'निर्माता या टीके के विपणन प्राधिकरण का धारक जिसने यह टीका उपलब्ध कराया',
    fields: {
      'recipient.name': 'पूरा नाम',
      'recipient.dob': 'जन्म तिथि',
      'recipient.gender': 'लिंग',
      'recipient.nationality': 'राष्ट्रीयता',
      'recipient.identity': 'पहचान संख्या',
      'vaccination.name': 'टीका',
      'vaccination.batch': 'बैच संख्या',
      'vaccination.date': 'टीकाकरण की तिथि',
      'vaccination.dose': 'खुराक',
    },
  },
  si: {
    title: 'එන්නත් කිරීමේ සහතිකය',
    recipient: 'ලබන්නා',
    vaccination: 'එන්නත් කිරීම',
    vaccinator: 'එන්නත් ලබා දුන් අය',
    facility: 'සෞඛ්‍ය මධ්‍යස්ථානය',
    long: 'එන්නත නිෂ්පාදනය කළ සමාගම හෝ අලෙවි කිරීමේ අවසරය හිමි ආයතනයේ සම්පූර්ණ නම',
    fields: {
      'recipient.name': 'සම්පූර්ණ නම',
      'recipient.dob': 'උපන් දිනය',
      'recipient.gender': 'ස්ත්‍රී පුරුෂ භාවය',
      'recipient.nationality': 'ජාතිකත්වය',
      'recipient.identity': 'හැඳුනුම් අංකය',
      'vaccination.name': 'එන්නත',
      'vaccination.batch': 'කාණ්ඩ අංකය',
      'vaccination.date': 'එන්නත් කළ දිනය',
      'vaccination.dose': 'මාත්‍රාව',
    },
  },
  ta: {
    title: 'தடுப்பூசி சான்றிதழ்',
    recipient: 'பெறுநர்',
    vaccination: 'தடுப்பூசி',
    vaccinator: 'தடுப்பூசி செலுத்தியவர்',
    facility: 'சுகாதார நிலையம்',
    long: 'தடுப்பூசியின் உற்பத்தியாளர் அல்லது சந்தைப்படுத்தல் அங்கீகாரம் பெற்றவரின் முழுப்பெயர்',
    fields: {
      'recipient.name': 'முழுப் பெயர்',
      'recipient.dob': 'பிறந்த தேதி',
      'recipient.gender': 'பாலினம்',
      'recipient.nationality': 'குடியுரிமை',
      'recipient.identity': 'அடையாள எண்',
      'vaccination.name': 'தடுப்பூசி',
      'vaccination.batch': 'தொகுதி எண்',
      'vaccination.date': 'தடுப்பூசி செலுத்திய தேதி',
      'vaccination.dose': 'தவணை',
    },
  },
  ar: {
    title: 'شهادة التطعيم',
    recipient: 'المستفيد',
    vaccination: 'التطعيم',
    vaccinator: 'القائم بالتطعيم',
    facility: 'المنشأة الصحية',
    long: 'الشركة المصنّعة للقاح أو الجهة الحاصلة على ترخيص تسويقه في بلد التطعيم',
    fields: {
      'recipient.name': 'الاسم الكامل',
      'recipient.dob': 'تاريخ الميلاد',
      'recipient.gender': 'الجنس',
      'recipient.nationality': 'الجنسية',
      'recipient.identity': 'رقم الهوية',
      'vaccination.name': 'اللقاح',
      'vaccination.batch': 'رقم التشغيلة',
      'vaccination.date': 'تاريخ التطعيم',
      'vaccination.dose': 'الجرعة',
    },
  },
}

export const SECOND_LANGUAGES = Object.keys(WORDS) as (keyof typeof WORDS)[]

/** The type of vaccination certificates in English and one of these; the manufacturer's label fills several lines. */
export function inTwoLanguages(language: keyof typeof WORDS): CertificateType {
  const words = WORDS[language]
  const inIt = (text: string | undefined) => (text === undefined ? undefined : { [language]: text })
  return {
    ...VACCINATION,
    alsoIn: language,
    titles: inIt(words.title),
    sections: VACCINATION.sections.map((section) => ({
      ...section,
      titles: inIt(words[section.id as 'recipient']),
      fields: section.fields.map((field) => ({
        ...field,
        labels: inIt(field.path === 'vaccination.manufacturer' ? words.long : words.fields[field.path]),
      })),
    })),
  }
}
