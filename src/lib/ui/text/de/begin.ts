import type { Text } from '..';

export const begin: Text['begin'] = {
	title: 'Schreib deine erste Nachricht',
	lead: 'Ein Name, jemand, dem du schreibst, und das Garn läuft. Das alles geht auch ohne Netz: Es wartet hier und geht von selbst.',
	name: 'Dein Name',
	to: 'Für wen ist sie?',
	ways: { person: 'Leute, die hier sind', link: 'Eine neue Gruppe, und ich lade mit einem Link ein' },
	linkHint: 'Den Link machst du in der Gruppe, sobald sie offen ist.',
	groupMissing: 'Gib der Gruppe einen Namen.',
	go: 'Schreiben',
	open: 'Beginnen',
	start: 'Erste Nachricht schreiben'
};
