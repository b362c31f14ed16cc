import type { Lost } from '../lost';
import { counted, list, messages } from './sentences';

const drafts = counted({ one: '{$n} Entwurf', other: '{$n} Entwürfe' });
const changes = counted({ one: '{$n} Änderung', other: '{$n} Änderungen' });

export const named = (lost: Lost): string =>
	list([
		...(lost.unsent > 0 ? [messages(lost.unsent)] : []),
		...(lost.drafts > 0 ? [drafts(lost.drafts)] : []),
		...(lost.queued > 0 ? [changes(lost.queued)] : [])
	]);
