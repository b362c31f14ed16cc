import type { LaterText } from '..';

export const begin: LaterText['begin'] = {
	name: 'Dein Name',
	to: 'Für wen ist sie?',
	ways: { person: 'Leute, die hier sind', link: 'Eine neue Gruppe, und ich lade mit einem Link ein' },
	linkHint: 'Den Link machst du in der Gruppe, sobald sie offen ist.',
	groupMissing: 'Gib der Gruppe einen Namen.',
	go: 'Schreiben'
};
