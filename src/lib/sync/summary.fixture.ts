import type { Summary } from './summaries';

/** What the list knows of a group with nothing to tell, but for what is given. */
export const quietSummary = (of: Partial<Summary> = {}): Summary => ({
	kind: 'group',
	name: 'Boats',
	swatch: ['Boats'],
	at: 0,
	unread: [],
	unreadCount: 0,
	lateCount: 0,
	unsent: 0,
	unsentSegments: [],
	live: 0,
	complete: true,
	...of
});
