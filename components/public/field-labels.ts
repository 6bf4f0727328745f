/** What the fields of a certificate are called in the languages of the public pages. */
import type { Language } from '@/components/language'

const ar: Record<string, string> = {
  'recipient.name': 'الاسم الكامل',
  'recipient.dob': 'تاريخ الميلاد',
  'recipient.age': 'العمر',
  'recipient.gender': 'الجنس',
  'recipient.nationality': 'الجنسية',
  'recipient.identity': 'رقم الهوية',
  'recipient.contact': 'الهاتف أو البريد الإلكتروني',
  'recipient.address.addressLine1': 'سطر العنوان 1',
  'recipient.address.addressLine2': 'سطر العنوان 2',
  'recipient.address.city': 'المدينة',
  'recipient.address.district': 'المنطقة',
  'recipient.address.state': 'الولاية أو المحافظة',
  'recipient.address.pincode': 'الرمز البريدي',
  'recipient.address.country': 'البلد',
  'vaccination.name': 'اللقاح',
  'vaccination.manufacturer': 'الشركة المصنّعة',
  'vaccination.batch': 'رقم التشغيلة',
  'vaccination.date': 'تاريخ التطعيم',
  'vaccination.effectiveStart': 'صالحة من',
  'vaccination.effectiveUntil': 'صالحة حتى',
  'vaccination.dose': 'الجرعة',
  'vaccination.totalDoses': 'عدد الجرعات الكلي',
  'vaccinator.name': 'القائم بالتطعيم',
  'facility.name': 'المنشأة الصحية',
  'facility.address.addressLine1': 'سطر عنوان المنشأة 1',
  'facility.address.addressLine2': 'سطر عنوان المنشأة 2',
  'facility.address.city': 'مدينة المنشأة',
  'facility.address.district': 'منطقة المنشأة',
  'facility.address.state': 'ولاية المنشأة أو محافظتها',
  'facility.address.pincode': 'الرمز البريدي للمنشأة',
  'facility.address.country': 'بلد المنشأة',
}

interface Labelled {
  path: string
  label: string
  /** What the certificate type calls it in other languages. */
  labels?: Record<string, string>
}

/** The label of a field in a language: the certificate type's, else ours, else the type's English one. */
export function fieldLabel({ path, label, labels }: Labelled, language: Language): string {
  return labels?.[language] ?? (language === 'ar' ? (ar[path] ?? label) : label)
}
