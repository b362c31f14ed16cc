import type { LaterText } from '..';
import { counted, people as countedPeople, say } from './sentences';

const first = counted({ one: 'Die erste Person', other: 'Die ersten {$n} Personen' });

export const people: LaterText['people'] = {
	unblock: 'Blockierung aufheben',
	name: 'Name oder Benutzername',
	searching: 'Suche läuft…',
	offline: 'Offline: Gesucht wird nur unter Personen, die dieses Gerät kennt.',
	nobody: (query) => say`Niemand gefunden für „${query}“.`,
	nobodyKnown: (query) =>
		say`Niemand, den dieses Gerät kennt, passt zu „${query}“. Bei der nächsten Verbindung wird überall gesucht.`,
	found: (n, more) => (more ? first(n) : say`${countedPeople(n)} gefunden`),
	list: 'Gefundene Personen',
	groups: 'Gefundene Gruppen',
	more: 'Mehr anzeigen',
	you: 'Das bist du',
	message: 'Nachricht',
	ownNotes: 'Notizen an dich',
	block: 'Blockieren',
	blockTitle: (name) => say`${name} blockieren?`,
	blockSaid:
		'Wer blockiert ist, kann keine Unterhaltung mit dir beginnen und sieht nicht, ob du da bist oder schreibst. Wo ihr beide seid, werden die Nachrichten eingeklappt und zählen nicht als ungelesen. Die Person erfährt nichts davon.',
	blocked: 'Du hast diese Person blockiert. Um eine Unterhaltung zu beginnen, hebe das zuerst auf.',
	blockedTitle: 'Blockierte Personen',
	blockedNone: 'Du hast niemanden blockiert.',
	unblockOf: (name) => say`Blockierung von ${name} aufheben`,
	changeFailed: 'Das konnte auf diesem Gerät nicht gespeichert werden. Versuch es noch einmal.',
	shared: 'Gemeinsame Unterhaltungen',
	sharedNone: 'Keine, die dieses Gerät kennt.',
	missingTitle: 'Niemand gefunden',
	missing: 'Unter dieser Adresse ist niemand, oder das Konto wurde gelöscht.',
	unknownTitle: 'Auf diesem Gerät nicht bekannt',
	unknown: 'Wer das ist, kommt mit der nächsten Verbindung.',
	opening: 'Wer ist das? Wird gesucht…',
	startFailed: 'Die Unterhaltung konnte nicht begonnen werden. Versuch es noch einmal.'
};
