import type { LaterText } from '..';

export const begin: LaterText['begin'] = {
	start: 'Erste Nachricht schreiben',
	title: 'Schreib deine erste Nachricht',
	lead: 'Gib deinen Namen an, wähle, für wen sie ist, und schreib. Ohne Netz wartet sie hier und geht von selbst; nur wer neue Leute sucht oder einen Einladungslink erstellt, braucht eine Verbindung.',
	open: 'Beginnen',
	name: 'Dein Name',
	to: 'Für wen ist sie?',
	ways: { person: 'Leute, die hier sind', link: 'Eine neue Gruppe, und ich lade mit einem Link ein' },
	linkHint: 'Den Link machst du in der Gruppe, sobald sie offen ist.',
	groupMissing: 'Gib der Gruppe einen Namen.',
	go: 'Schreiben'
};
