import type { Text } from '..';

export const shortcuts: Text['shortcuts'] = {
	title: 'Tastenkürzel',
	jump: 'Springen zu…',
	jumpLabel: 'Unterhaltung oder Person',
	jumpNone: 'Nichts gefunden.',
	toJump: 'Zu einer Unterhaltung oder Person springen',
	everywhere: 'Überall',
	previousNext: 'Vorige, nächste Unterhaltung',
	unread: 'Vorige, nächste ungelesene Unterhaltung',
	regions: 'Zum nächsten, vorigen Teil der Ansicht',
	list: 'Diese Liste',
	back: 'Nicht mehr antworten oder ändern, schließen',
	writing: 'Schreiben',
	send: 'Senden',
	newLine: 'Neue Zeile',
	editLast: 'Im leeren Feld: die letzte Nachricht ändern',
	onMessage: 'Auf einer Nachricht',
	move: 'Hinauf, hinunter, zur ersten, zur letzten',
	reply: 'Antworten',
	react: 'Reagieren',
	remove: 'Löschen oder Senden abbrechen',
	keys: { alt: 'Alt', ctrl: 'Strg', shift: 'Umschalt', enter: 'Eingabe', home: 'Pos1', end: 'Ende' }
};
