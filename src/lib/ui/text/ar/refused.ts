import type { Text } from '..';

export const refused: Text['refused'] = {
	by_invitation: 'لا يقبل هذا الخادم أعضاء جددًا إلا بدعوة. يُرجى فتح الرابط الذي وصلك.',
	server_full: 'بلغ هذا الخادم أقصى عدد من الحسابات. يُرجى سؤال من يشغّله.',
	suspended: 'أوقف أحد المشرفين هذا الحساب.',
	account_deleted: 'حُذف هذا الحساب.',
	own_account: 'لا يمكن فعل ذلك بحسابك أنت.',
	not_administrator: 'هذا لمشرفي هذا الخادم فقط.',
	not_encrypted: 'هذا العنوان غير مشفّر. يجب أن يبدأ بـ https.',
	no_such_user: 'لم يعد هذا الشخص موجودًا.',
	no_such_report: 'لم يعد هذا البلاغ موجودًا.',
	no_such_session: 'سُجّل خروج هذا الجهاز من قبل.',
	no_such_token: 'لم يعد هذا الرمز صالحًا.',
	no_such_webhook: 'أُزيل هذا الخطّاف من قبل.',
	no_such_conversation: 'لم تعد في هذه المحادثة.',
	not_allowed: 'لا يُسمح لك بذلك هنا.',
	too_many_tokens: 'لديك أقصى عدد من الرموز الصالحة معًا. يُرجى إلغاء أحدها أولًا.',
	too_many_webhooks: 'بلغ عدد الخطاطيف أقصاه. يُرجى إزالة أحدها أولًا.'
};
