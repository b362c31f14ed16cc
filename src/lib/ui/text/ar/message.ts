import type { FirstText } from '..';
import { counted, list, say } from './sentences';

export const message: FirstText['message'] = {
	copyFailed: 'لا يسمح المتصفح لـ Skein بالنسخ.',
	cancelled: (mayHaveLeft) =>
		mayHaveLeft
			? 'أُلغيت الرسالة. وإن كانت قد غادرت، فستُحذف عند الجميع.'
			: 'أُلغيت الرسالة. لم تغادر هذا الجهاز قط.',
	changedMeanwhile: 'تغيّرت في علامة تبويب أخرى في هذه الأثناء، لذا لم تُلغَ.',
	leftAlready: 'كانت قد غادرت، فحُذفت عند الجميع.',
	toDraft: 'إعادتها إلى الحقل',
	removeFailed: 'تعذّر حذفها. يُرجى المحاولة مرة أخرى.',
	deleted: 'رسالة محذوفة',
	moderated: 'أزالها الإشراف',
	removing: 'تُحذف عند الاتصال التالي',
	quoteDeleted: 'رسالة محذوفة',
	quoteBlocked: 'رسالة من شخص محظور',
	folded: counted({
		zero: 'لا رسائل من شخص محظور',
		one: 'رسالة واحدة من شخص محظور',
		two: 'رسالتان من شخص محظور',
		few: '{$n} رسائل من شخص محظور',
		many: '{$n} رسالة من شخص محظور',
		other: '{$n} رسالة من شخص محظور'
	}),
	unfold: 'عرض',
	quoteMissing: 'رسالة سابقة',
	notHere: 'هذه الرسالة ليست على هذا الجهاز بعد.',
	edited: 'معدّلة',
	editedHint: 'معدّلة. عرض النسخ السابقة',
	forwardedFrom: (name) => say`أُعيد توجيهها من ${name}`,
	forwarded: (name) => say`أُعيد توجيهها إلى ${name}`,
	pinned: 'مثبّتة',
	pinnedCount: counted({
		zero: 'لا رسائل مثبّتة',
		one: 'رسالة مثبّتة واحدة',
		two: 'رسالتان مثبّتتان',
		few: '{$n} رسائل مثبّتة',
		many: '{$n} رسالة مثبّتة',
		other: '{$n} رسالة مثبّتة'
	}),
	readBy: (n) => say`عدد من قرأها: ${n}`,
	readers: (names) => say`قرأها: ${list(names)}`,
	reaction: (emoji, names) => say`${emoji} ${list(names)}`,
	andMore: (n) => say`+${n} أخرى`,
	fewer: 'عرض أقل',
	replying: (name) => say`رد على ${name}`,
	replyingAny: 'رد',
	stopReplying: 'إلغاء الرد',
	editing: 'تعديل',
	stopEditing: 'إلغاء التعديل',
	editGone: {
		kept: 'حُذفت الرسالة في هذه الأثناء. نصك في الحقل.',
		unchanged: 'حُذفت الرسالة في هذه الأثناء.'
	},
	editCancelled: {
		kept: 'أُلغيت الرسالة في هذه الأثناء. نصك في الحقل.',
		unchanged: 'أُلغيت الرسالة في هذه الأثناء.'
	},
	editDropped: 'تم تجاهل تعديلاتك.',
	editAgain: 'متابعة التعديل',
	save: 'حفظ'
};

export const unread: FirstText['unread'] = {
	new: counted({
		zero: 'لا جديد',
		one: 'رسالة جديدة',
		two: 'رسالتان جديدتان',
		few: '{$n} جديدة',
		many: '{$n} جديدة',
		other: '{$n} جديدة'
	}),
	newMark: 'جديد',
	orMore: (n) => say`+${n}`,
	inList: (n) => say`غير مقروء: ${n}`,
	muted: 'مكتومة'
};

export const late: FirstText['late'] = {
	mark: 'وصلت متأخرة',
	inList: (n) => say`وصلت متأخرة: ${n}`
};

export const onlyHere: FirstText['onlyHere'] = {
	replies: counted({
		zero: 'لا ردود منذ ذلك',
		one: 'وصل رد واحد منذ ذلك',
		two: 'وصل ردّان منذ ذلك',
		few: 'وصلت {$n} ردود منذ ذلك',
		many: 'وصل {$n} ردًّا منذ ذلك',
		other: 'وصل {$n} رد منذ ذلك'
	})
};

export const salvaged: FirstText['salvaged'] = {
	inLine: (n) => say`لم تُرسَل: ${n}`
};
