/** What the verify page says about itself: whether it is connected, and what it could do without. */
import type { Language } from '@/components/language'
import type { ReadyProblem, Step } from './get-ready'

const en = {
  title: 'Without a connection',
  connected: 'Connected: the registry is asked about every certificate.',
  disconnected: 'No connection to the registry.',
  unknown: 'Looking for the registry…',
  byListOnly: 'Certificates are checked with what this device keeps: the answer says how old that is.',
  signatureOnly: 'Only signatures can be checked. Whether a certificate was replaced or cancelled cannot.',
  list: (moment: string) => `List of replaced and cancelled certificates: ${moment}.`,
  size: (entries: string, list: string, all: string) =>
    `${entries} entries, ${list}; ${all} kept on this device in all.`,
  noList: 'No list of replaced and cancelled certificates is kept on this device.',
  lead: 'Make this device ready where the connection may be missing: it keeps this page, the keys, and the list of replaced and cancelled certificates. The list holds numbers only, nothing personal. It takes some four megabytes, and the list on top.',
  getReady: 'Get ready for offline',
  ready: 'This device is ready to check without a connection.',
  update: 'Update now',
  forget: 'Remove from this device',
  step: {
    page: 'Step 1 of 3: keeping this page…',
    keys: 'Step 2 of 3: keeping the keys…',
    list: 'Step 3 of 3: keeping the list…',
    update: 'Updating…',
  } satisfies Record<Step | 'update', string>,
  entriesSoFar: (entries: string) => `${entries} entries so far`,
  problem: {
    unsupported: 'This browser cannot keep pages. Use a newer one, and open this page with https.',
    refused: 'This browser keeps nothing here, as in private windows. Open this page in an ordinary window.',
    full: 'There is no room left on this device. Free some and try again.',
    changed: 'There is a newer version of this page. Load it again, then try again.',
    unreachable: 'Not everything could be fetched. What was kept before stays. Try again when you are connected.',
    list_missing: 'The registry has not published its list yet. Try again in a minute.',
    list_wrong: 'The list that was fetched is not signed by the issuer. It was not kept; what was kept before stays.',
    list_older: 'The list that was fetched is older than the one that is kept. The newer one stays.',
  } satisfies Record<ReadyProblem, string>,
  tooOld: 'This list is too old: there is a newer one. Connect this device to update it.',
  clockWrong: 'The clock of this device is wrong. Set it: ages and dates here are told by it.',
}

const ar: typeof en = {
  title: 'بدون اتصال',
  connected: 'متصل: يُسأل السجل عن كل شهادة.',
  disconnected: 'لا يوجد اتصال بالسجل.',
  unknown: 'جارٍ البحث عن السجل…',
  byListOnly: 'تُفحص الشهادات بما هو محفوظ على هذا الجهاز، وتبيّن النتيجة مدى حداثته.',
  signatureOnly: 'يمكن فحص التوقيع فقط. لا يمكن معرفة ما إذا كانت الشهادة قد استُبدلت أو أُلغيت.',
  list: (moment) => `قائمة الشهادات المستبدَلة والملغاة: ${moment}.`,
  size: (entries, list, all) => `عدد القيود: ${entries}، ${list}؛ المحفوظ على هذا الجهاز: ${all}.`,
  noList: 'لا توجد على هذا الجهاز قائمة بالشهادات المستبدَلة والملغاة.',
  lead: 'جهّز هذا الجهاز للأماكن التي قد ينقطع فيها الاتصال: يحفظ هذه الصفحة والمفاتيح وقائمة الشهادات المستبدَلة والملغاة. تحتوي القائمة على أرقام فقط دون أي بيانات شخصية. يلزم نحو أربعة ميغابايت، وتضاف إليها القائمة.',
  getReady: 'التجهيز للعمل بدون اتصال',
  ready: 'هذا الجهاز جاهز للتحقق بدون اتصال.',
  update: 'تحديث الآن',
  forget: 'الحذف من هذا الجهاز',
  step: {
    page: 'الخطوة 1 من 3: حفظ الصفحة…',
    keys: 'الخطوة 2 من 3: حفظ المفاتيح…',
    list: 'الخطوة 3 من 3: حفظ القائمة…',
    update: 'جارٍ التحديث…',
  },
  entriesSoFar: (entries) => `عدد القيود حتى الآن: ${entries}`,
  problem: {
    unsupported: 'لا يستطيع هذا المتصفح حفظ الصفحات. استخدم متصفحًا أحدث وافتح الصفحة عبر https.',
    refused: 'لا يحفظ هذا المتصفح شيئًا هنا، كما في النوافذ الخاصة. افتح الصفحة في نافذة عادية.',
    full: 'لا توجد مساحة كافية على هذا الجهاز. أفرغ بعضها وحاول مرة أخرى.',
    changed: 'توجد نسخة أحدث من هذه الصفحة. أعد تحميلها ثم حاول مرة أخرى.',
    unreachable: 'تعذّر جلب كل شيء. يبقى ما حُفظ من قبل. حاول مرة أخرى عند الاتصال بالشبكة.',
    list_missing: 'لم ينشر السجل قائمته بعد. حاول مرة أخرى بعد دقيقة.',
    list_wrong: 'القائمة التي جُلبت ليست موقَّعة من جهة الإصدار فلم تُحفظ. يبقى ما حُفظ من قبل.',
    list_older: 'القائمة التي جُلبت أقدم من المحفوظة. تبقى الأحدث.',
  },
  tooOld: 'هذه القائمة قديمة جدًا: توجد قائمة أحدث. صِل هذا الجهاز بالشبكة لتحديثها.',
  clockWrong: 'ساعة هذا الجهاز غير مضبوطة. اضبطها: الأعمار والتواريخ هنا تُحسب بها.',
}

export const offlineWords: Record<Language, typeof en> = { en, ar }
