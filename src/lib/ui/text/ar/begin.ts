import type { LaterText } from '..';

export const begin: LaterText['begin'] = {
	name: 'اسمك',
	to: 'لمن الرسالة؟',
	ways: { person: 'أشخاص موجودون هنا', link: 'مجموعة جديدة أدعو إليها برابط' },
	linkHint: 'يُنشأ الرابط داخل المجموعة بعد فتحها.',
	groupMissing: 'يُرجى إعطاء المجموعة اسمًا.',
	go: 'الكتابة'
};
