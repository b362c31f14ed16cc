import type { LaterText } from '..';
import { counted, people, say } from './sentences';

const used = counted({
	zero: 'لم يُستخدم',
	one: 'استُخدم مرة واحدة',
	two: 'استُخدم مرتين',
	few: 'استُخدم {$n} مرات',
	many: 'استُخدم {$n} مرة',
	other: 'استُخدم {$n} مرة'
});

export const group: LaterText['group'] = {
	rename: 'إعادة التسمية',
	name: 'اسم المجموعة',
	heading: 'المجموعة',
	describe: 'كتابة موضوعها',
	describeAnew: 'تغيير موضوعها',
	description: 'موضوعها',
	changePicture: 'اختيار صورة أخرى',
	removePicture: 'إزالة الصورة',
	add: 'إضافة أشخاص',
	addGo: 'إضافة',
	settings: 'الإعدادات',
	fromJoining: 'لا يقرأ الأعضاء الجدد إلا ما يُكتب بعد انضمامهم',
	mustAsk: 'على من لديه رابط أن يطلب قبل الانضمام',
	actsOf: (name) => say`إجراءات مع ${name}`,
	makeAdmin: 'منح دور مشرف',
	makeMember: 'منح دور عضو عادي',
	handOver: 'تسليم المجموعة…',
	handOverTitle: (name) => say`تسليم المجموعة إلى ${name}؟`,
	handOverSaid: 'عندها تنتقل ملكية المجموعة، ويصبح دورك الإشراف. ولا تعود إليك إلا بتسليم جديد.',
	handOverGo: 'تسليم',
	remove: 'إزالة…',
	removeTitle: (name) => say`إزالة ${name}؟`,
	removeSaid: 'لن يصل إلى هذا الشخص أي جديد بعدها. ما لديه يبقى على أجهزته، وما كتبه يبقى هنا.',
	removeGo: 'إزالة',
	leave: 'مغادرة المجموعة…',
	leaveTitle: 'مغادرة هذه المجموعة؟',
	leaveSaid: 'لن يصلك أي جديد بعدها. وللعودة لا بد أن يُدخلك أحد.',
	leaveGo: 'مغادرة',
	leaveUnsent: counted({
		zero: 'لا رسائل لك هنا بانتظار الإرسال.',
		one: 'لك هنا رسالة واحدة لم تُرسَل بعد. تُرسَل أولًا، ثم تتم المغادرة.',
		two: 'لك هنا رسالتان لم تُرسَلا بعد. تُرسَلان أولًا، ثم تتم المغادرة.',
		few: 'لك هنا {$n} رسائل لم تُرسَل بعد. تُرسَل أولًا، ثم تتم المغادرة.',
		many: 'لك هنا {$n} رسالة لم تُرسَل بعد. تُرسَل أولًا، ثم تتم المغادرة.',
		other: 'لك هنا {$n} رسالة لم تُرسَل بعد. تُرسَل أولًا، ثم تتم المغادرة.'
	}),
	lastOwner: 'ملكية المجموعة لك وحدك. يجب تسليمها لأحد قبل المغادرة.',
	barred: 'لا يعيد من أُزيل إلا المالكون والمشرفون.',
	asking: 'طلبات الانضمام',
	findMember: 'البحث عن شخص فيها',
	showMore: 'عرض المزيد',
	membersShown: (shown, all) => (shown < all ? say`${shown} من ${people(all)}` : people(all)),
	admit: (name) => say`قبول ${name}`,
	admitShort: 'قبول',
	refuse: (name) => say`رفض ${name}`,
	refuseShort: 'رفض',
	linksTitle: 'دعوة برابط',
	linksSaid: 'يمكن لمن لديه رابط أن ينضم به، ولو بحساب جديد.',
	holds: 'مدة سريانه',
	holdsFor: { 1: 'ساعة', 24: 'يوم', 168: 'أسبوع', 720: say`${30} يومًا` },
	mayUse: 'عدد مرات استخدامه',
	mayUseTimes: { 1: 'مرة واحدة', 10: say`${10} مرات`, 100: say`${100} مرة`, 0: 'بلا حد' },
	makeLink: 'إنشاء الرابط ونسخه',
	linkCopied: 'تم نسخ الرابط.',
	linksUnknown: 'تتعذّر الآن معرفة الروابط السارية. يتطلب ذلك اتصالًا.',
	linksNone: 'لا روابط سارية الآن.',
	linksHold: 'روابط سارية',
	linkUntil: (when) => say`حتى ${when}`,
	linkUsed: (uses, most) => (most === undefined ? used(uses) : say`استُخدم ${uses} من ${most}`),
	revoke: 'إلغاء',
	revoked: 'لم يعد بإمكان أحد استخدام هذا الرابط.'
};

export const invite: LaterText['invite'] = {
	title: 'دعوة',
	looking: 'يجري التحقق مما يؤدي إليه هذا الرابط…',
	toStart: 'ما هو Skein',
	to: (name) => say`لديك دعوة إلى ${name}`,
	members: counted({
		zero: 'لا أحد فيها',
		one: 'فيها شخص واحد',
		two: 'فيها شخصان',
		few: 'فيها {$n} أشخاص',
		many: 'فيها {$n} شخصًا',
		other: 'فيها {$n} شخص'
	}),
	join: 'انضمام',
	ask: 'طلب الانضمام',
	askAgain: (when) =>
		say`سبق أن طلبت الانضمام إلى هذه المجموعة ولم تُقبل. يمكنك الطلب من جديد ابتداءً من ${when}.`,
	open: 'فتح المجموعة',
	logIn: 'تسجيل الدخول للانضمام',
	register: 'إنشاء حساب للانضمام',
	gone: 'هذه الدعوة غير موجودة أو لم تعد سارية. يُرجى طلب دعوة جديدة.',
	noConnection: 'تعذّر الوصول إلى الخادم. تتطلب الدعوة اتصالًا.'
};
