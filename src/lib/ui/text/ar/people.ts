import type { LaterText } from '..';
import { people as countedPeople, say } from './sentences';

export const people: LaterText['people'] = {
	unblock: 'إلغاء الحظر',
	name: 'الاسم أو اسم المستخدم',
	searching: 'جارٍ البحث…',
	offline: 'غير متصل: يجري البحث فقط بين من يعرفهم هذا الجهاز.',
	nobody: (query) => say`لا نتائج عن «${query}».`,
	nobodyKnown: (query) =>
		say`لا أحد ممن يعرفهم هذا الجهاز يطابق «${query}». يُبحث بين الجميع عند الاتصال التالي.`,
	found: (n, more) => (more ? say`أول النتائج: ${countedPeople(n)}` : say`النتائج: ${countedPeople(n)}`),
	list: 'نتائج البحث',
	groups: 'المجموعات',
	more: 'عرض المزيد',
	you: 'هذا حسابك',
	message: 'رسالة',
	ownNotes: 'ملاحظات لنفسك',
	block: 'حظر',
	blockTitle: (name) => say`حظر ${name}؟`,
	blockSaid:
		'لا يستطيع المحظور بدء محادثة معك، ولا يرى وجودك أو كتابتك. وحيث تجتمعان تُطوى رسائله ولا تُحسب غير مقروءة. ولا يُخبَر بذلك.',
	blocked: 'هذا الشخص محظور لديك. لبدء محادثة، يجب إلغاء الحظر أولًا.',
	blockedTitle: 'المحظورون',
	blockedNone: 'لم تحظر أحدًا.',
	unblockOf: (name) => say`إلغاء حظر ${name}`,
	changeFailed: 'تعذّر حفظ هذا على هذا الجهاز. يُرجى المحاولة مرة أخرى.',
	shared: 'محادثات مشتركة بينكما',
	sharedNone: 'لا شيء يعرفه هذا الجهاز.',
	missingTitle: 'لا أحد بهذا العنوان',
	missing: 'لا أحد على هذا العنوان، أو أن الحساب قد حُذف.',
	unknownTitle: 'غير معروف على هذا الجهاز',
	unknown: 'تصل هويته مع الاتصال التالي.',
	opening: 'جارٍ التعرّف على هذا الحساب…',
	startFailed: 'تعذّر بدء المحادثة. يُرجى المحاولة مرة أخرى.'
};
