/** What the scanner says. */
import type { Language } from '@/components/language'
import type { CameraTrouble } from './camera'
import type { FileProblem } from './codes-in-file'

const en = {
  start: 'Scan with the camera',
  starting: 'Starting the camera…',
  stop: 'Stop the camera',
  video: 'What the camera sees',
  aim: 'Hold the QR code inside the frame',
  light: 'Light',
  lightOn: 'Switch the light on',
  lightOff: 'Switch the light off',
  other: 'Other camera',
  open: 'Open a picture or PDF',
  paste: 'Paste',
  pasteLabel: 'Paste the picture or the text of the code here',
  drop: 'or drop a picture or PDF here',
  reading: 'Looking for a QR code…',
  nothingPasted: 'There is no picture and no text to paste. Copy the certificate first.',
  trouble: {
    denied: 'The camera is blocked for this page. Allow it in the browser’s address bar, or open a picture instead.',
    absent: 'This device has no camera. Open a picture or PDF instead.',
    busy: 'Another program uses the camera. Close it and try again, or open a picture instead.',
    insecure: 'Browsers open the camera on secure pages (https) only. Open a picture or PDF instead.',
    failed: 'The camera did not start. Try again, or open a picture instead.',
  } satisfies Record<CameraTrouble, string>,
  problem: {
    no_code: 'No QR code was found in this file. Use a sharp picture in which the code is large and flat.',
    unreadable: 'This file could not be read. Open a picture (PNG, JPEG) or a PDF.',
    locked: 'This PDF is locked with a password. Open it and take a picture of the code.',
    too_large: 'This file is too large. Open a picture or PDF of less than 40 MB and 60 megapixels.',
    not_loaded: 'The reader could not be loaded. Check the connection and try again.',
  } satisfies Record<FileProblem, string>,
  tipsTitle: 'Not found yet?',
  tips: [
    'Lay the page flat and let the code fill the frame.',
    'Avoid shine and shadow; switch the light on in the dark.',
    'Wipe the lens and hold still until the picture is sharp.',
    'On a screen: turn its brightness up.',
    'Still nothing? Take a picture of the code and open it here.',
  ],
}

const ar: typeof en = {
  start: 'المسح بالكاميرا',
  starting: 'جارٍ تشغيل الكاميرا…',
  stop: 'إيقاف الكاميرا',
  video: 'ما تراه الكاميرا',
  aim: 'ضع رمز QR داخل الإطار',
  light: 'الضوء',
  lightOn: 'تشغيل الضوء',
  lightOff: 'إطفاء الضوء',
  other: 'كاميرا أخرى',
  open: 'فتح صورة أو ملف PDF',
  paste: 'لصق',
  pasteLabel: 'الصق هنا صورة الرمز أو نصه',
  drop: 'أو أفلِت صورة أو ملف PDF هنا',
  reading: 'جارٍ البحث عن رمز QR…',
  nothingPasted: 'لا توجد صورة ولا نص للصقه. انسخ الشهادة أولًا.',
  trouble: {
    denied: 'الكاميرا محظورة لهذه الصفحة. اسمح بها من شريط العنوان في المتصفح، أو افتح صورة بدلًا من ذلك.',
    absent: 'لا توجد كاميرا في هذا الجهاز. افتح صورة أو ملف PDF بدلًا من ذلك.',
    busy: 'يستخدم برنامج آخر الكاميرا. أغلقه وحاول مرة أخرى، أو افتح صورة بدلًا من ذلك.',
    insecure: 'تفتح المتصفحات الكاميرا في الصفحات الآمنة (https) فقط. افتح صورة أو ملف PDF بدلًا من ذلك.',
    failed: 'لم تعمل الكاميرا. حاول مرة أخرى، أو افتح صورة بدلًا من ذلك.',
  },
  problem: {
    no_code: 'لم يُعثر على رمز QR في هذا الملف. استخدم صورة واضحة يكون فيها الرمز كبيرًا ومسطحًا.',
    unreadable: 'تعذّرت قراءة هذا الملف. افتح صورة (PNG أو JPEG) أو ملف PDF.',
    locked: 'هذا الملف محمي بكلمة مرور. افتحه والتقط صورة للرمز.',
    too_large: 'هذا الملف كبير جدًا. افتح صورة أو ملف PDF أصغر من 40 ميغابايت و60 ميغابكسل.',
    not_loaded: 'تعذّر تحميل القارئ. تحقق من الاتصال وحاول مرة أخرى.',
  },
  tipsTitle: 'لم يُعثر عليه بعد؟',
  tips: [
    'ضع الورقة مسطحة واجعل الرمز يملأ الإطار.',
    'تجنّب اللمعان والظل، وشغّل الضوء في الظلام.',
    'امسح العدسة واثبت حتى تتضح الصورة.',
    'إذا كان على شاشة: ارفع سطوعها.',
    'لا نتيجة بعد؟ التقط صورة للرمز وافتحها هنا.',
  ],
}

export const scanWords: Record<Language, typeof en> = { en, ar }
