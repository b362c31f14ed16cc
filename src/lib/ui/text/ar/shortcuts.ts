import type { Text } from '..';

export const shortcuts: Text['shortcuts'] = {
	title: 'اختصارات لوحة المفاتيح',
	jump: 'الانتقال إلى…',
	jumpLabel: 'محادثة أو شخص',
	jumpNone: 'لا نتائج.',
	toJump: 'الانتقال إلى محادثة أو شخص',
	everywhere: 'في كل مكان',
	previousNext: 'المحادثة السابقة، التالية',
	unread: 'المحادثة غير المقروءة السابقة، التالية',
	regions: 'إلى الجزء التالي، السابق من الشاشة',
	list: 'هذه القائمة',
	back: 'إيقاف الرد أو التعديل، الإغلاق',
	writing: 'الكتابة',
	send: 'الإرسال',
	newLine: 'سطر جديد',
	editLast: 'في حقل فارغ: تعديل آخر رسالة',
	onMessage: 'على رسالة',
	move: 'أعلى، أسفل، الأولى، الأخيرة',
	reply: 'الرد',
	react: 'التفاعل',
	remove: 'الحذف، أو إلغاء الإرسال',
	keys: { alt: 'Alt', ctrl: 'Ctrl', shift: 'Shift', enter: 'Enter', home: 'Home', end: 'End' }
};
