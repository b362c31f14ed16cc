import type { LaterText } from '..';
import { counted, list, say } from './sentences';

export const conversation: LaterText['conversation'] = {
	unwritable: {
		deleted: () => 'حُذف هذا الحساب. لن يقرأ أحد ما يُكتب هنا.',
		blocked: (name) => say`${name} في قائمة المحظورين لديك. للكتابة، يجب إلغاء الحظر أولًا.`
	},
	missingTitle: 'لا محادثة كهذه',
	missing: 'ليس لحسابك محادثة على هذا العنوان.',
	missingOffline: 'لا يعرف هذا الجهاز محادثة على هذا العنوان. قد تصل عند الاتصال التالي.',
	removedTitle: (name) =>
		name === '' ? 'لم تعد عضويتك في هذه المحادثة قائمة' : say`لم تعد عضويتك قائمة في ${name}`,
	removed: 'لا يصل إلى هنا جديد، ولا يمكن إرسال شيء.',
	notMadeTitle: 'لم تُنشأ هذه المحادثة',
	notMade: 'لم يعلم بها أحد غيرك.',
	startAnew: 'بدؤها من جديد',
	forgottenTitle: 'أُعيد الخادم إلى نسخة أقدم لا تعرف هذه المحادثة.',
	forgotten: {
		ours: 'تُنشأ من جديد حالما يمكن الوصول إلى الخادم. لم يضع شيء هنا، وما تكتبه ينتظر.',
		owners:
			'تستمر بعد أن يفتح أحد مالكي المجموعة Skein. حتى ذلك الحين يظهر ما على هذا الجهاز، وما تكتبه ينتظر هنا.',
		leaving: 'تغادرها بعد أن يفتح أحد مالكي المجموعة Skein.'
	},
	unreadable: counted({
		zero: 'لا مُدخلات متعذّرة العرض هنا.',
		one: 'مُدخل واحد هنا كتبته نسخة أحدث من Skein أو أصابه تلف، فلا يمكن عرضه.',
		two: 'مُدخلان هنا كتبتهما نسخة أحدث من Skein أو أصابهما تلف، فلا يمكن عرضهما.',
		few: '{$n} مُدخلات هنا كتبتها نسخة أحدث من Skein أو أصابها تلف، فلا يمكن عرضها.',
		many: '{$n} مُدخلًا هنا كتبتها نسخة أحدث من Skein أو أصابها تلف، فلا يمكن عرضها.',
		other: '{$n} مُدخل هنا كتبتها نسخة أحدث من Skein أو أصابها تلف، فلا يمكن عرضها.'
	}),
	peopleHeading: 'الأشخاص',
	role: { owner: 'ملكية', admin: 'إشراف', member: '' },
	emptyTitle: 'لا شيء مكتوب بعد',
	emptySince: 'لم يُكتب شيء منذ انضمامك',
	empty: 'أول رسالة لك.',
	emptyFor: 'لم يُكتب شيء هنا',
	aloneTitle: 'لا أحد غيرك هنا بعد',
	alone: 'يمكنك دعوة آخرين، أو الكتابة أولًا: يقرؤونها حين يصلون.',
	notHereTitle: 'ليست هنا بعد',
	notHere: (name) => say`ما كُتب في ${name} يصل إلى هذا الجهاز عند الاتصال التالي.`,
	onItsWay: 'في الطريق إلى هذا الجهاز…'
};

export const unread: LaterText['unread'] = {
	toFirst: 'إلى أول رسالة غير مقروءة',
	toFirstOf: (said) => say`إلى أول رسالة غير مقروءة، ${said}`,
	newOrMore: (n) => say`أكثر من ${n} جديدة`
};

export const late: LaterText['late'] = {
	bar: (n) => say`وصلت في موضع سابق: ${n}`,
	from: (names) => say`من ${list(names)}`,
	place: (at, of) => say`${at} من ${of}`,
	label: 'وصلت في موضع سابق',
	up: 'السابقة',
	down: 'التالية',
	done: 'تم'
};

export const conversations: LaterText['conversations'] = {
	noneTitle: 'لا محادثات بعد',
	none: 'يمكنك البحث عن شخص وكتابة أول رسالة.',
	notHereTitle: 'محادثاتك ليست هنا بعد',
	notHereText: 'تصل إلى هذا الجهاز عند الاتصال التالي.',
	onTheirWay: 'في الطريق إلى هذا الجهاز…',
	chooseTitle: 'يمكنك اختيار محادثة',
	choose: 'أو بدء واحدة: يعمل ذلك من دون شبكة أيضًا.',
	pin: 'تثبيت في الأعلى',
	unpin: 'إلغاء التثبيت',
	mute: 'كتم',
	unmute: 'إلغاء الكتم',
	hearAll: 'التنبيه لكل الرسائل',
	hearMentions: 'التنبيه عند الإشارة إليّ فقط'
};
