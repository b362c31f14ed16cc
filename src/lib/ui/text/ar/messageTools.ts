import type { LaterText } from '..';
import { say } from './sentences';

export const message: LaterText['message'] = {
	more: 'المزيد',
	tools: 'إجراءات مع هذه الرسالة',
	reply: 'رد',
	react: 'تفاعل',
	edit: 'تعديل',
	copy: 'نسخ النص',
	copyLink: 'نسخ الرابط',
	forward: 'إعادة توجيه…',
	pin: 'تثبيت',
	unpin: 'إلغاء التثبيت',
	unreadFrom: 'تعيين كغير مقروء من هنا',
	remove: 'حذف عند الجميع…',
	cancel: 'إلغاء الإرسال',
	keys: { reply: 'R', react: 'E', remove: 'Del' },
	linkCopied: 'تم نسخ الرابط',
	removeTitle: 'حذف هذه الرسالة عند الجميع؟',
	removeSaid: 'يُمحى نصها من كل أجهزة الجميع هنا عند اتصالهم التالي. لا يمكن التراجع عن ذلك.',
	moderateSaid:
		'يُمحى نصها من كل أجهزة الجميع هنا عند اتصالهم التالي، ويُذكر أن الإشراف أزالها. لا يمكن التراجع عن ذلك.',
	removeGo: 'حذف',
	historyTitle: 'نسخ هذه الرسالة',
	now: 'الآن',
	forwardTitle: 'إعادة التوجيه إلى',
	forwardFind: 'محادثة',
	forwardNone: 'لا محادثة بهذا الاسم.',
	forwardFailed: 'تعذّرت إعادة توجيهها. يُرجى المحاولة مرة أخرى.',
	pinnedTitle: 'الرسائل المثبّتة',
	addReaction: 'إضافة تفاعل',
	emojiFind: 'البحث عن رمز تعبيري أو كتابته',
	emojiUse: (emoji) => say`التفاعل بـ ${emoji}`,
	textCopied: 'تم نسخ النص',
	otherDraft: 'مسودة أخرى من جهاز آخر:',
	useIt: 'استخدامها',
	keepMine: 'إبقاء مسودتي',
	task: { open: 'لم يُنجز', done: 'أُنجز' },
	emojiNone: 'لا شيء بهذا الاسم. يمكن كتابة أي رمز تعبيري أو لصقه.'
};

/** What buttons of dialogs and forms say. */
export const act: LaterText['act'] = { cancel: 'إلغاء', save: 'حفظ', copied: 'تم النسخ' };
