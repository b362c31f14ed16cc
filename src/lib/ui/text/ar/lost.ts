import type { Lost } from '../lost';
import { counted, list, messages } from './sentences';

const drafts = counted({
	zero: 'لا مسودات',
	one: 'مسودة واحدة',
	two: 'مسودتان',
	few: '{$n} مسودات',
	many: '{$n} مسودة',
	other: '{$n} مسودة'
});
const changes = counted({
	zero: 'لا تغييرات',
	one: 'تغيير واحد',
	two: 'تغييران',
	few: '{$n} تغييرات',
	many: '{$n} تغييرًا',
	other: '{$n} تغيير'
});

export const named = (lost: Lost): string =>
	list([
		...(lost.unsent > 0 ? [messages(lost.unsent)] : []),
		...(lost.drafts > 0 ? [drafts(lost.drafts)] : []),
		...(lost.queued > 0 ? [changes(lost.queued)] : [])
	]);
