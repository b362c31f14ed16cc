import type { LaterText } from '..';
import { say } from './sentences';

export const report: LaterText['report'] = {
	act: 'إبلاغ…',
	messageTitle: (name) => say`الإبلاغ عن هذه الرسالة من ${name}؟`,
	personTitle: (name) => say`الإبلاغ عن ${name}؟`,
	said: (name) => say`يصل البلاغ إلى إدارة هذا الخادم. لا يُخبَر به ${name} ولا أي شخص آخر هنا.`,
	reason: 'ما المشكلة فيها؟',
	reasonOfPerson: 'ما المشكلة؟',
	reasons: {
		spam: 'رسائل مزعجة أو احتيال',
		harassment: 'إهانة أو مضايقة',
		violence: 'تهديد أو عنف',
		illegal: 'مخالفة للقانون',
		other: 'شيء آخر'
	},
	reasonMissing: 'يُرجى اختيار المشكلة.',
	words: 'ما ينبغي أن تعرفه الإدارة (يمكن تركه فارغًا)',
	shown: 'تُرسَل معه هذه الرسائل وأسماء كاتبيها:',
	isReported: 'مُبلَّغ عنها',
	send: 'إرسال البلاغ',
	leaves: 'البلاغ في طريقه إلى الإدارة.',
	waits: 'ينتظر البلاغ هنا، ويصل إلى الإدارة عند الاتصال التالي.',
	failed: 'تعذّر حفظ البلاغ على هذا الجهاز. يُرجى المحاولة مرة أخرى.'
};
