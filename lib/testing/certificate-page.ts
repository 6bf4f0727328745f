/** Pages as the product prints them, for tests of the renderer. */
import type { CertificatePage } from '@/lib/rendering/pdf'
import { drawQr, qrSvg } from '@/lib/rendering/qr'

/** One name in each script that certificates are issued in; each shapes, stacks or joins letters. */
export const scripts = {
  Latin: 'Đặng Thị Ngọc Hân, Ærøskøbing',
  Sinhala: 'ශ්‍රී ලංකා, පන්සල පාර, මහරගම',
  Devanagari: 'सरस्वती क्षत्रिय, दुर्गा विश्वविद्यालय',
  Tamil: 'சரஸ்வதி கிருஷ்ணன், தமிழ்நாடு',
  Arabic: 'نيمالي بيريرا، شارع ٤٥ (بغداد)',
  Thai: 'โรงพยาบาลจุฬาลงกรณ์ น้ำ',
  Khmer: 'មន្ទីរពេទ្យកាល់ម៉ែត ស្ត្រី',
  Ethiopic: 'አዲስ አበባ፣ ኢትዮጵያ ጤና ጣቢያ',
}

/** What the page's QR code carries, as long as a usual credential's. */
export const qrContent = 'certificate '.repeat(120)
const qr = drawQr(qrContent)

/** A corrected second dose; `over` replaces fields. */
export function certificatePage(over: Partial<CertificatePage> = {}): CertificatePage {
  return {
    language: 'en',
    title: 'Certificate of vaccination',
    issuer: { name: 'Ministry of Health', logo: null },
    certificateId: '771204558190',
    issuedAt: '2021-10-17T13:10:00.000Z',
    version: 2,
    sections: [
      section('Recipient', {
        Name: 'Saraswathy T K',
        'Date of birth': '30 Jan 1957',
        Gender: 'Female',
        Identity: 'did:in.gov.uidai:1111222244561111',
        Address: 'No. 45/2, පන්සල පාර, මහරගම 10280',
      }),
      section('Vaccination', { Vaccine: 'Covishield', Batch: '4121MC041', Date: '17 Oct 2021', Dose: '2 of 2' }),
      section('Vaccinator and facility', { Vaccinator: 'Bartjan Verduijn', Facility: 'MOH Gothatuwa' }),
    ],
    doses: [{ dose: '1 of 2', vaccine: 'Covishield', date: '2 Apr 2021', certificateId: '310458871236' }],
    replaces: '448086902061',
    codeLabel: 'Pre-enrollment code',
    code: '987456126',
    qrSvg: qrSvg(qr),
    qrMillimetres: qr.printMillimetres,
    watermark: null,
    paper: 'a4',
    variant: 'normal',
    printed: null,
    ...over,
  }
}

/** A page whose first section holds these values, the first as the person's name. */
export function pageWith(values: Record<string, string>): CertificatePage {
  return certificatePage({ sections: [section('Recipient', values)] })
}

function section(title: string, values: Record<string, string>): CertificatePage['sections'][number] {
  return { title, rows: Object.entries(values).map(([label, value]) => ({ label, value })) }
}
