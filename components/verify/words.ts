/** What the verify page says. A verdict is a word, a sentence and what to do. */
import type { Language } from '@/components/language'
import type { Obstacle, Verdict } from '@/lib/verification/verdict'

type State = Exclude<Verdict['state'], 'could_not_check'>

const en = {
  title: 'Check a certificate',
  lead: 'Scan the QR code on the certificate. Nothing you scan leaves this device.',
  word: {
    valid: 'Valid',
    replaced: 'Replaced',
    cancelled: 'Cancelled',
    suspended: 'Suspended',
    altered: 'Altered',
    not_genuine: 'Not genuine',
    preview: 'Preview',
    sandbox: 'Test',
    not_a_certificate: 'Not a certificate',
    trusted: 'Genuine',
    not_yet_valid: 'Not yet valid',
    expired: 'Expired',
  } satisfies Record<State, string>,
  couldNotCheck: 'Could not check',
  valid: 'This certificate is genuine and current.',
  replaced: (day: string) => `Genuine, but replaced on ${day}. Ask for the current certificate.`,
  cancelled: (day: string, cause: string | null) =>
    `Genuine, but cancelled on ${day}${cause === null ? '' : ` ${cause}`}. It no longer counts.`,
  cause: {
    error: 'because of a mistake',
    fraud: 'because of fraud',
    recall: 'because of a recall',
  } as Record<string, string>,
  trusted: (theirs: string, issuer: string) =>
    `Signed by ${theirs}, whose key ${issuer} trusts. We could not check whether it was replaced, cancelled or altered since: only ${theirs} knows.`,
  suspended: (since: string, until: string | null) =>
    until === null
      ? `Genuine, but suspended since ${since}. It does not count now.`
      : `Genuine, but suspended from ${since} until ${until}. It does not count now.`,
  not_yet_valid: (day: string) => `Genuine, but valid only from ${day}. It does not count yet.`,
  expired: (day: string) => `Genuine, but it expired on ${day}. It no longer counts.`,
  altered: 'The signature is genuine, but values were changed after it was issued. Nothing on it can be relied on.',
  not_genuine: 'The signature does not match. Nothing on it can be relied on.',
  preview: 'This is a preview, not a certificate. Ask for the certificate that was issued.',
  sandbox: 'This is a test, not a certificate. It proves nothing.',
  not_a_certificate: 'This code holds no certificate. Scan the large square code printed on the certificate.',
  obstacle: {
    status: () =>
      'Genuine. We could not check whether it was replaced, cancelled or altered: the registry did not answer. Check it again when you are connected.',
    kept_keys: () =>
      'The signature fits none of the keys that this device has kept. It is a forgery, or signed with a key that is newer. Do not rely on it before checking it again with a connection.',
    vocabulary: () =>
      'It names an issuer that is trusted, but in a form that this page does not know. Ask its issuer how to check it.',
    keys: () =>
      'We could not check the signature: what is needed for that could not be loaded. This says nothing about the certificate. Check it again when you are connected.',
    issuer: (issuer: string) =>
      `This was not signed by ${issuer}, and we do not know who signed it. Ask its issuer how to check it.`,
    registry: (issuer: string) =>
      `The signature is right, but ${issuer} has no certificate with this number. It may come from an earlier system, or somebody changed it. Do not rely on it before asking the issuer.`,
    insecure: () =>
      'This page was not opened over a secure connection, so its answer could be forged. Open it again with https.',
  } satisfies Record<Obstacle, (issuer: string) => string>,
  byList: (list: string) => `The registry did not answer. This stands in the list of ${list}.`,
  notInList: (list: string) =>
    `Genuine, and not among the replaced, cancelled or suspended certificates in the list of ${list}. We could not check what happened since then, nor whether values on it were altered. Check it again when you are connected.`,
  listOld: 'This list is too old to be relied on: a newer one has been there for a while.',
  clockWrong: 'The clock of this device seems to be wrong, so ages and dates here may be too.',
  listAge: (moment: string, age: string) => `${moment} (${age})`,
  age: {
    minutes: (n: number) => (n < 1 ? 'less than a minute old' : n === 1 ? '1 minute old' : `${n} minutes old`),
    hours: (n: number) => (n === 1 ? '1 hour old' : `${n} hours old`),
    days: (n: number) => (n === 1 ? '1 day old' : `${n} days old`),
  },
  checkedAt: 'checked',
  code: 'code',
  name: 'Name',
  dob: 'Date of birth',
  ageThen: 'Age when issued',
  vaccination: 'Vaccination',
  facility: 'Given at',
  number: 'Certificate number',
  period: 'Effective',
  periodFrom: (from: string) => `from ${from}`,
  periodUntil: (until: string) => `until ${until}`,
  periodBoth: (from: string, until: string) => `${from} to ${until}`,
  notYet: 'This period has not begun.',
  over: 'This period is over.',
  dose: (dose: string, total: string) => (total === '' ? `dose ${dose}` : `dose ${dose} of ${total}`),
  booster: (dose: string) => `dose ${dose} (booster)`,
  notGiven: 'Not given',
  compare: 'Compare with a photo ID.',
  compareNext: 'A certificate says whom it is about. Only the ID shows that it is this person.',
  next: 'Check the next certificate',
  nextKey: 'or press Space',
  clears: 'This result is cleared after one minute.',
  clearsIn: (seconds: number) => `Cleared in ${seconds} s`,
  keep: 'Keep it',
  kept: 'The result stays until you check the next one.',
  cleared: 'The last result was cleared.',
  sound: 'Sound and vibration',
  checking: 'Checking…',
}

const ar: typeof en = {
  title: 'التحقق من شهادة',
  lead: 'امسح رمز QR الموجود على الشهادة. لا يغادر هذا الجهازَ أي شيء تمسحه.',
  word: {
    valid: 'صالحة',
    replaced: 'مستبدَلة',
    cancelled: 'ملغاة',
    suspended: 'موقوفة',
    altered: 'معدَّلة',
    not_genuine: 'غير أصلية',
    preview: 'معاينة',
    sandbox: 'تجريبية',
    not_a_certificate: 'ليست شهادة',
    trusted: 'أصلية',
    not_yet_valid: 'لم تبدأ صلاحيتها',
    expired: 'منتهية الصلاحية',
  },
  couldNotCheck: 'تعذّر التحقق',
  valid: 'هذه الشهادة أصلية وسارية.',
  replaced: (day) => `أصلية، لكنها استُبدلت في ${day}. اطلب الشهادة الحالية.`,
  cancelled: (day, cause) => `أصلية، لكنها أُلغيت في ${day}${cause === null ? '' : ` ${cause}`}. لم تعد معتمدة.`,
  cause: { error: 'بسبب خطأ', fraud: 'بسبب تزوير', recall: 'بسبب سحب المنتج' },
  trusted: (theirs, issuer) =>
    `وقّعتها ${theirs}، وتثق ${issuer} بمفتاحها. لم نتمكن من معرفة ما إذا كانت قد استُبدلت أو أُلغيت أو عُدّلت منذ ذلك: لا تعلم ذلك إلا ${theirs}.`,
  suspended: (since, until) =>
    until === null
      ? `أصلية، لكنها موقوفة منذ ${since}. وهي غير معتمدة الآن.`
      : `أصلية، لكنها موقوفة من ${since} حتى ${until}. وهي غير معتمدة الآن.`,
  not_yet_valid: (day) => `أصلية، لكنها صالحة ابتداءً من ${day}. وهي غير معتمدة بعد.`,
  expired: (day) => `أصلية، لكن صلاحيتها انتهت في ${day}. لم تعد معتمدة.`,
  altered: 'التوقيع أصلي، لكن بعض القيم غُيّرت بعد الإصدار. لا يمكن الاعتماد على أي شيء فيها.',
  not_genuine: 'التوقيع غير مطابق. لا يمكن الاعتماد على أي شيء فيها.',
  preview: 'هذه معاينة وليست شهادة. اطلب الشهادة التي صدرت.',
  sandbox: 'هذه تجربة وليست شهادة. لا تثبت شيئًا.',
  not_a_certificate: 'لا يحتوي هذا الرمز على شهادة. امسح الرمز المربع الكبير المطبوع على الشهادة.',
  obstacle: {
    status: () =>
      'أصلية. لم نتمكن من معرفة ما إذا كانت قد استُبدلت أو أُلغيت أو عُدّلت: السجل لم يستجب. تحقق منها مرة أخرى عند الاتصال بالشبكة.',
    kept_keys: () =>
      'التوقيع لا يطابق أيًّا من المفاتيح المحفوظة على هذا الجهاز. إما أنها مزورة أو موقَّعة بمفتاح أحدث. لا تعتمد عليها قبل التحقق منها مرة أخرى عند الاتصال بالشبكة.',
    vocabulary: () => 'تذكر جهة إصدار موثوقة، لكن بصيغة لا تعرفها هذه الصفحة. اسأل جهة إصدارها عن كيفية التحقق منها.',
    keys: () =>
      'تعذّر التحقق من التوقيع: لم نتمكن من تحميل ما يلزم لذلك. هذا لا يعني شيئًا بشأن الشهادة. تحقق منها مرة أخرى عند الاتصال بالشبكة.',
    issuer: (issuer) => `لم توقّع ${issuer} هذه الشهادة، ولا نعرف من وقّعها. اسأل جهة إصدارها عن كيفية التحقق منها.`,
    registry: (issuer) =>
      `التوقيع صحيح، لكن ليس لدى ${issuer} شهادة بهذا الرقم. قد تكون من نظام سابق أو غيّرها شخص ما. لا تعتمد عليها قبل سؤال جهة الإصدار.`,
    insecure: () => 'لم تُفتح هذه الصفحة عبر اتصال آمن، وقد تكون نتيجتها مزورة. افتحها مجددًا عبر https.',
  },
  byList: (list) => `لم يستجب السجل. هذا ما ورد في قائمة ${list}.`,
  notInList: (list) =>
    `أصلية، وليست بين الشهادات المستبدَلة أو الملغاة أو الموقوفة في قائمة ${list}. لم نتمكن من معرفة ما حدث بعد ذلك، ولا ما إذا كانت بعض قيمها قد عُدّلت. تحقق منها مرة أخرى عند الاتصال بالشبكة.`,
  listOld: 'هذه القائمة أقدم من أن يُعتمد عليها: توجد قائمة أحدث منذ مدة.',
  clockWrong: 'يبدو أن ساعة هذا الجهاز غير مضبوطة، وقد تكون الأعمار والتواريخ هنا خاطئة أيضًا.',
  listAge: (moment, age) => `${moment} (${age})`,
  age: {
    minutes: (n) => (n < 1 ? 'عمرها أقل من دقيقة' : `عمرها بالدقائق: ${n}`),
    hours: (n) => `عمرها بالساعات: ${n}`,
    days: (n) => `عمرها بالأيام: ${n}`,
  },
  checkedAt: 'وقت التحقق',
  code: 'الرمز',
  name: 'الاسم',
  dob: 'تاريخ الميلاد',
  ageThen: 'العمر عند الإصدار',
  vaccination: 'التطعيم',
  facility: 'مكان التطعيم',
  number: 'رقم الشهادة',
  period: 'فترة الفعالية',
  periodFrom: (from) => `من ${from}`,
  periodUntil: (until) => `حتى ${until}`,
  periodBoth: (from, until) => `من ${from} حتى ${until}`,
  notYet: 'لم تبدأ هذه الفترة بعد.',
  over: 'انتهت هذه الفترة.',
  dose: (dose, total) => (total === '' ? `الجرعة ${dose}` : `الجرعة ${dose} من ${total}`),
  booster: (dose) => `الجرعة ${dose} (معزِّزة)`,
  notGiven: 'غير مذكور',
  compare: 'قارنها ببطاقة هوية تحمل صورة.',
  compareNext: 'تبيّن الشهادة لمن هي، أما الهوية وحدها فتبيّن أنه هذا الشخص.',
  next: 'التحقق من الشهادة التالية',
  nextKey: 'أو اضغط مفتاح المسافة',
  clears: 'تُمسح هذه النتيجة بعد دقيقة واحدة.',
  clearsIn: (seconds) => `تُمسح بعد ${seconds} ث`,
  keep: 'إبقاؤها',
  kept: 'تبقى النتيجة حتى تتحقق من الشهادة التالية.',
  cleared: 'مُسحت النتيجة الأخيرة.',
  sound: 'الصوت والاهتزاز',
  checking: 'جارٍ التحقق…',
}

export const verifyWords: Record<Language, typeof en> = { en, ar }

export type VerifyWords = typeof en
