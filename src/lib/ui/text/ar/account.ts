import type { LaterText } from '..';
import { named } from './lost';
import { counted, say } from './sentences';

export const account: LaterText['account'] = {
	storage: 'التخزين',
	profile: 'الملف الشخصي',
	settings: 'الإعدادات',
	login: 'الدخول والأجهزة',
	administration: 'الإدارة',
	logOut: 'تسجيل الخروج',
	saved: 'تم الحفظ',
	problem: { failed: 'تعذّر حفظ هذا على هذا الجهاز. يُرجى المحاولة مرة أخرى.' }
};

export const profile: LaterText['profile'] = {
	lead: 'ما يراه الآخرون عنك. يتغيّر في كل مكان فورًا؛ ومن دون اتصال ينتظر هنا.',
	username: 'اسم المستخدم',
	usernameHint: 'به تسجيل دخولك، وبه يجدك الآخرون.',
	displayName: 'الاسم المعروض',
	displayNameHint: 'ما يقرؤه الآخرون فوق رسائلك.',
	about: 'نبذة',
	aboutHint: counted({
		zero: 'سطر أو سطران عنك. يمكن تركه فارغًا.',
		one: 'سطر أو سطران عنك، حرف واحد على الأكثر. يمكن تركه فارغًا.',
		two: 'سطر أو سطران عنك، حرفان على الأكثر. يمكن تركه فارغًا.',
		few: 'سطر أو سطران عنك، {$n} أحرف على الأكثر. يمكن تركه فارغًا.',
		many: 'سطر أو سطران عنك، {$n} حرفًا على الأكثر. يمكن تركه فارغًا.',
		other: 'سطر أو سطران عنك، {$n} حرف على الأكثر. يمكن تركه فارغًا.'
	}),
	problem: {
		nameMissing: 'يُرجى إدخال اسم.',
		tooLong: (over) => say`أطول من المسموح بمقدار ${over}.`
	}
};

export const picture: LaterText['picture'] = {
	heading: 'الصورة',
	hint: 'PNG أو JPEG أو WebP. يُستخدم وسطها، ويُحذف منها مكان التقاطها وجهازه.',
	choose: 'اختيار صورة',
	change: 'اختيار أخرى',
	remove: 'إزالة',
	problem: {
		unreadable: 'لا يستطيع هذا المتصفح قراءة الصورة. يُرجى استخدام PNG أو JPEG أو WebP.',
		failed: 'تعذّر حفظ الصورة على هذا الجهاز. يُرجى المحاولة مرة أخرى.'
	}
};

export const settings: LaterText['settings'] = {
	parts: 'أقسام الإعدادات',
	look: 'المظهر والمفاتيح',
	here: 'يسري هذا على هذا الجهاز.',
	theme: 'الألوان',
	themes: { system: 'حسب النظام', light: 'فاتحة', dark: 'داكنة' },
	contrast: 'التباين',
	contrasts: { system: 'حسب النظام', more: 'أعلى' },
	enter: 'مفتاح Enter',
	enters: {
		send: 'يُرسل. Shift+Enter لسطر جديد',
		break: 'يبدأ سطرًا جديدًا. Ctrl+Enter للإرسال'
	},
	language: 'اللغة',
	languageSystem: 'حسب المتصفح',
	languageWaits: 'تعذّر حفظ ما كتبته على هذا الجهاز، لذا تبقى اللغة كما هي الآن. يُرجى نسخه أولًا.',
	reading: 'القراءة',
	receipts: 'إظهار ما قرأته للآخرين',
	receiptsSaid: 'يسري على كل أجهزتك. ومن دونه تبقى رسائلك تُظهر من قرأها.',
	presence: 'إظهار وجودي وكتابتي للآخرين',
	presenceSaid: 'يسري على كل أجهزتك. ومن دونه تبقى ترى حال الآخرين.'
};

export const logOut: LaterText['logOut'] = {
	title: 'تسجيل الخروج من هذا الجهاز؟',
	consequence: (lost) => say`موجود هنا فقط: ${named(lost)}. تسجيل الخروج يمحو نسخة هذا الجهاز، فيضيع ذلك.`,
	erases: 'تسجيل الخروج يمحو نسخة هذا الجهاز.',
	stay: 'البقاء',
	copy: 'نسخ النص',
	go: 'تسجيل الخروج',
	going: 'جارٍ تسجيل الخروج…',
	failed: 'لم يكتمل تسجيل الخروج. يُرجى المحاولة مرة أخرى.',
	copyByHand: 'لا يسمح المتصفح لـ Skein بالنسخ. يُرجى تحديد النص ونسخه.',
	elsewhere: 'تم تسجيل الخروج في نافذة أخرى من هذا المتصفح.',
	draftMark: 'مسودة'
};
