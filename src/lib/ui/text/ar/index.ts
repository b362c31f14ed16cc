/** Everything that Skein says, in Modern Standard Arabic, without addressing a man or a woman where that can be helped. */
import type { FirstText } from '..';
import { late, message, onlyHere, salvaged, unread } from './message';
import { counted, list, locale, number, people as countedPeople, say } from './sentences';

const newMessages = counted({
	zero: 'لا رسائل جديدة',
	one: 'رسالة جديدة',
	two: 'رسالتان جديدتان',
	few: '{$n} رسائل جديدة',
	many: '{$n} رسالة جديدة',
	other: '{$n} رسالة جديدة'
});
const namesWrite = counted({
	zero: 'لا أحد يكتب',
	one: 'جارٍ الكتابة: {$names}',
	two: 'جارٍ الكتابة: {$names}',
	few: 'جارٍ الكتابة: {$names}',
	many: 'جارٍ الكتابة: {$names}',
	other: 'جارٍ الكتابة: {$names}'
});
const messagesToSend = counted({
	zero: 'تسجيل الدخول للإرسال',
	one: 'تسجيل الدخول لإرسال رسالة واحدة',
	two: 'تسجيل الدخول لإرسال رسالتين',
	few: 'تسجيل الدخول لإرسال {$n} رسائل',
	many: 'تسجيل الدخول لإرسال {$n} رسالة',
	other: 'تسجيل الدخول لإرسال {$n} رسالة'
});

export const ar: FirstText = {
	message,
	unread,
	late,
	onlyHere,
	salvaged,
	locale,
	number,
	group: {
		askToJoin: counted({
			zero: 'لا أحد يطلب الانضمام',
			one: 'شخص واحد يطلب الانضمام',
			two: 'شخصان يطلبان الانضمام',
			few: '{$n} أشخاص يطلبون الانضمام',
			many: '{$n} شخصًا يطلبون الانضمام',
			other: '{$n} شخص يطلبون الانضمام'
		})
	},
	people: {
		find: 'البحث عن أشخاص ومجموعات',
		gone: 'حساب محذوف'
	},
	account: {
		label: 'الحساب'
	},

	brand: 'Skein',
	title: (page, unread = 0) => (unread > 0 ? say`(${unread}) ${page} – Skein` : say`${page} – Skein`),
	close: 'إغلاق',
	you: 'أنت',
	tryNow: 'المحاولة الآن',
	reload: 'إعادة التحميل',
	dismiss: 'إخفاء',

	connection: {
		offline: 'غير متصل',
		connecting: 'جارٍ الاتصال',
		catchingUp: 'جارٍ التحديث',
		synced: 'محدَّث',
		onlyHere: (n) => say`هنا فقط: ${n}`,
		left: counted({
			zero: 'لم تبقَ محادثات',
			one: 'بقيت محادثة واحدة',
			two: 'بقيت محادثتان',
			few: 'بقيت {$n} محادثات',
			many: 'بقيت {$n} محادثة',
			other: 'بقيت {$n} محادثة'
		}),
		allHere: 'كل شيء على هذا الجهاز',
		logInToSend: (unsent, changes) =>
			unsent > 0 && changes === 0 ? messagesToSend(unsent) : 'تسجيل الدخول للإرسال',
		openedFromDevice: 'فُتحت من هذا الجهاز.',
		lastCaughtUp: (when) => say`آخر تحديث: ${when}.`
	},

	notice: {
		notStarted: 'تعذّر على Skein فتح ما على هذا الجهاز.',
		pageMissing: 'لا شيء على هذا العنوان.',
		pageBroken: 'تعذّر عرض هذه الصفحة.',
		again: 'المحاولة مرة أخرى',
		toConversations: 'إلى محادثاتك',
		partLater: 'هذا الجزء من Skein ليس على هذا الجهاز بعد. سيُفتح عند الاتصال التالي.',
		partMissing: 'لم يُحمَّل هذا الجزء من Skein. ما كتبته يبقى بعد إعادة تحميل الصفحة.',
		updateWaits: 'تعذّر حفظ ما كتبته على هذا الجهاز، لذا ينتظر التحديث. يُرجى نسخه أولًا.'
	},

	conversations: {
		label: 'المحادثات',
		newOne: 'محادثة جديدة',
		pinned: 'المثبّتة',
		recent: 'الأحدث',
		mentionsOnly: 'الإشارات فقط',
		more: 'المزيد عن هذه المحادثة',
		moreOf: (name) => say`المزيد عن ${name}`,
		draft: 'مسودة:',
		notSent: (n) => say`لم تُرسَل: ${n}`,
		pending: 'لم تُنشأ بعد',
		notHere: 'ليست على هذا الجهاز بعد',
		by: (name) => say`${name}:`
	},

	conversation: {
		messages: 'الرسائل',
		people: countedPeople,
		direct: 'محادثة مباشرة',
		about: 'عن هذه المحادثة',
		back: 'رجوع',
		today: 'اليوم',
		yesterday: 'أمس',
		olderNotHere: 'قد يوجد أكثر مما على هذا الجهاز. تصل البقية عند الاتصال التالي.',
		olderComes: 'قد يكون هناك أكثر مما على هذا الجهاز. البقية في الطريق.',
		toLatest: 'الأحدث',
		newBelow: (n, orMore) => (orMore ? say`أكثر من ${newMessages(n)}` : newMessages(n)),
		replyTo: (name) => say`رد على ${name}`
	},

	presence: {
		here: 'هنا الآن',
		away: 'بعيد عن الجهاز',
		gone: '',
		hereOf: (n) => say`هنا الآن: ${n}`,
		writing: (names) =>
			names.length > 2
				? say`جارٍ الكتابة: ${countedPeople(names.length)}`
				: namesWrite(names.length, { names: list(names) }),
		writes: 'جارٍ الكتابة…'
	},

	state: { queued: 'تنتظر', sent: 'أُرسلت', read: 'قُرئت' },

	event: {
		created: (by) => say`بدأت المحادثة (${by})`,
		joined: (who) => say`انضمام: ${list(who)}`,
		added: (by, who) => say`إضافة ${list(who)} (${by})`,
		left: (who) => say`مغادرة: ${list(who)}`,
		removed: (by, who) => say`إزالة ${list(who)} (${by})`,
		renamed: (by, name) =>
			name === '' ? say`أُزيل اسم المجموعة (${by})` : say`تغيّر اسم المحادثة إلى «${name}» (${by})`,
		described: (by) => say`تغيّر الوصف (${by})`,
		picture: {
			changed: (by) => say`تغيّرت صورة المجموعة (${by})`,
			removed: (by) => say`أُزيلت صورة المجموعة (${by})`
		},
		role: {
			owner: (by, who) => say`منح ملكية المجموعة إلى ${list(who)} (${by})`,
			admin: (by, who) => say`منح الإشراف إلى ${list(who)} (${by})`,
			member: (by, who) => say`${list(who)}: عضوية عادية (${by})`
		},
		handedOver: (by, who) => say`تسليم المجموعة إلى ${list(who)} (${by})`,
		history: {
			start: (by) => say`يقرأ الأعضاء الجدد كل ما سبق (${by})`,
			joining: (by) => say`لا يقرأ الأعضاء الجدد إلا ما يُكتب بعد انضمامهم (${by})`
		},
		joining: {
			open: (by) => say`الانضمام بالرابط فوري (${by})`,
			request: (by) => say`الانضمام بالرابط يحتاج إلى قبول (${by})`
		},
		other: (by) => say`تغيّرت المحادثة (${by})`
	},

	composer: {
		label: 'الرسالة',
		placeholder: (name) => say`رسالة إلى ${name}`,
		send: 'إرسال',
		offline: 'غير متصل. تنتظر هنا وتُرسَل من تلقاء نفسها.',
		signedOut: 'تنتظر هنا إلى حين تسجيل الدخول من جديد.',
		keys: {
			enter: 'Enter للإرسال، وShift+Enter لسطر جديد',
			break: 'Enter لسطر جديد، وCtrl+Enter للإرسال'
		},
		left: (n) => say`بقي ${n}`,
		over: counted({
			zero: 'الطول مناسب.',
			one: 'أطول من المسموح بحرف واحد. يبقى هنا.',
			two: 'أطول من المسموح بحرفين. يبقى هنا.',
			few: 'أطول من المسموح بـ {$n} أحرف. يبقى هنا.',
			many: 'أطول من المسموح بـ {$n} حرفًا. يبقى هنا.',
			other: 'أطول من المسموح بـ {$n} حرف. يبقى هنا.'
		})
	}
};
