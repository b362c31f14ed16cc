/** What the Arabic sentences are built from. */
import { sentencesIn } from '../sentences';

export const { locale, say, counted, fromNow, list, number } = sentencesIn('ar');

export const messages = counted({
	zero: 'لا رسائل',
	one: 'رسالة واحدة',
	two: 'رسالتان',
	few: '{$n} رسائل',
	many: '{$n} رسالة',
	other: '{$n} رسالة'
});
export const people = counted({
	zero: 'لا أحد',
	one: 'شخص واحد',
	two: 'شخصان',
	few: '{$n} أشخاص',
	many: '{$n} شخصًا',
	other: '{$n} شخص'
});
