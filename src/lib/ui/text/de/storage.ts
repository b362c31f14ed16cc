import type { Text } from '..';
import { counted, say } from './sentences';
import { named } from './lost';

const onlyHere = counted({
	one: '{$what} gibt es nur auf diesem Gerät. Wer die Daten des Browsers löscht, verliert das.',
	other: '{$what} gibt es nur auf diesem Gerät. Wer die Daten des Browsers löscht, verliert das.'
});

export const storage: Text['storage'] = {
	lead: 'Was dieses Gerät behält, und was mit ihm verloren wäre.',
	usedTitle: 'Platz',
	used: (used, allowed) => say`Skein belegt ${used} von ${allowed}, die dieser Browser erlaubt`,
	unknown: 'Dieser Browser sagt nicht, wie viel er behält.',
	short:
		'Es ist wenig Platz übrig. Schaff auf diesem Gerät welchen, sonst wird vielleicht nicht behalten, was du schreibst.',
	parts: { conversations: 'Unterhaltungen', app: 'Die App selbst', used: 'Belegt', free: 'Frei' },
	only: 'Nur auf diesem Gerät',
	onlyHere: (lost) => onlyHere(lost.unsent + lost.drafts + lost.queued, { what: named(lost) }),
	nothing: 'Nichts. Alles, was du geschrieben hast, ist auch beim Server.',
	show: 'Anzeigen',
	save: 'Als Datei sichern',
	leaves: 'Was wartet, geht mit der nächsten Verbindung von selbst.',
	saveSaid: 'Die Datei ist für dich, falls dieses Gerät ausfällt.',
	keep: 'Schutz vor dem Aufräumen',
	kept: 'Der Browser behält Skein, wie knapp die Festplatte auch wird. Nur du kannst es löschen.',
	mayGo:
		'Wird die Festplatte knapp, kann der Browser löschen, was Skein behält. Gesendetes kommt vom Server zurück; der Rest ist verloren.',
	keepUnknown: 'Dieser Browser sagt nicht, ob er behält, was Skein speichert.',
	ask: 'Den Browser darum bitten',
	refused:
		'Er ist nicht einverstanden. Browser sind es bei Seiten, die oft benutzt, als App installiert oder für Benachrichtigungen zugelassen sind: Versuch es dann noch einmal.',
	file: {
		title: (name, host) => say`Was es nur auf einem Gerät von ${name} bei ${host} gab`,
		saved: (when) => say`Gesichert ${when}`,
		changes: 'Änderungen, die warten'
	}
};
