import type { LaterText } from '..';
import { list, say } from './sentences';

export const programs: LaterText['programs'] = {
	once: 'يُعرض هذه المرة فقط. يُرجى نسخه الآن.',
	copy: 'نسخ',
	copied: 'تم النسخ',
	name: 'الاسم',
	nameMissing: 'يُرجى إدخال اسم لتمييزه لاحقًا.',

	tokens: {
		heading: 'البرامج',
		why: 'يتيح الرمز لبرنامج لك أن يعمل باسمك فيما تسمح به.',
		none: 'لا رمز لأي برنامج.',
		list: 'الرموز',
		mayDo: 'يُسمح له بـ',
		scopes: {
			'messages:read': 'قراءة الرسائل',
			'messages:send': 'إرسال الرسائل',
			'messages:delete': 'حذف الرسائل',
			'conversations:read': 'رؤية المحادثات',
			'conversations:write': 'بدء المحادثات وتغييرها',
			'people:read': 'البحث عن الأشخاص',
			'profile:read': 'رؤية ملفك الشخصي',
			'profile:write': 'تغيير ملفك الشخصي',
			sync: 'أن يكون أحد أجهزتك'
		},
		may: (what) => list(what),
		scopesMissing: 'يجب السماح له بشيء.',
		holds: 'مدة سريانه',
		holdsFor: { 7: 'أسبوع', 30: say`${30} يومًا`, 90: say`${90} يومًا`, 366: 'سنة' },
		make: 'إنشاء رمز',
		until: (when) => say`حتى ${when}`,
		seen: (when) => say`آخر استخدام ${when}`,
		unused: 'لم يُستخدم قط',
		revoke: 'إلغاء',
		revokeOf: (name) => say`إلغاء ${name}`,
		copyOf: 'الرمز'
	},

	webhooks: {
		open: 'خطافات الويب…',
		title: 'خطافات الويب',
		said: 'بها تكتب برامج أخرى هنا، أو تُبلَّغ بكل رسالة. ويمكن للجميع هنا رؤية وجودها.',
		kind: 'ما يفعله',
		kinds: { in: 'يستقبل الرسائل', out: 'يُبلَّغ بكل رسالة من الآن' },
		url: 'العنوان الذي يُستدعى',
		urlMissing: say`يُرجى إدخال العنوان، بدءًا بـ ${'https://'}.`,
		make: 'إنشاء خطاف',
		list: 'خطافات الويب',
		none: 'لا شيء منها.',
		unknown: 'لا يمكن معرفتها من دون اتصال.',
		takes: 'يكتب باسم',
		calls: (host) => say`يستدعي ${host} لحساب`,
		failing: (since, status) => say`يفشل منذ ${since}: ${status}`,
		stopped: 'متوقف',
		delete: 'حذف',
		deleteOf: (name) => say`حذف ${name}`,
		address: 'عنوان الكتابة',
		secret: 'السر الذي تُوقَّع به الاستدعاءات'
	}
};
