import type { LaterText } from '..';
import { named } from './lost';
import { say } from './sentences';

export const account: LaterText['account'] = {
	storage: 'Speicher',
	profile: 'Profil',
	settings: 'Einstellungen',
	login: 'Anmeldung und Geräte',
	administration: 'Verwaltung',
	logOut: 'Abmelden',
	saved: 'Gespeichert',
	problem: {
		failed: 'Das konnte auf diesem Gerät nicht gespeichert werden. Versuch es noch einmal.'
	}
};

export const profile: LaterText['profile'] = {
	lead: 'Was andere von dir sehen. Es ändert sich überall sofort; ohne Verbindung wartet es hier.',
	username: 'Benutzername',
	usernameHint: 'Damit meldest du dich an, und damit finden dich andere.',
	displayName: 'Anzeigename',
	displayNameHint: 'Was andere über deinen Nachrichten lesen.',
	about: 'Über mich',
	aboutHint: (max) => say`Ein, zwei Zeilen über dich, höchstens ${max} Zeichen. Kann leer bleiben.`,
	problem: {
		nameMissing: 'Gib einen Namen ein.',
		tooLong: (over) => say`Um ${over} zu lang.`
	}
};

export const picture: LaterText['picture'] = {
	heading: 'Bild',
	hint: 'PNG, JPEG oder WebP. Die Mitte davon wird verwendet; wo und womit es aufgenommen wurde, bleibt weg.',
	choose: 'Bild auswählen',
	change: 'Anderes auswählen',
	remove: 'Entfernen',
	problem: {
		unreadable: 'Dieser Browser kann das Bild nicht lesen. Nimm ein PNG, JPEG oder WebP.',
		failed: 'Das Bild konnte auf diesem Gerät nicht gespeichert werden. Versuch es noch einmal.'
	}
};

export const settings: LaterText['settings'] = {
	parts: 'Teile der Einstellungen',
	look: 'Aussehen und Tasten',
	here: 'Das gilt auf diesem Gerät.',
	theme: 'Farben',
	themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
	contrast: 'Kontrast',
	contrasts: { system: 'Wie das System', more: 'Mehr' },
	enter: 'Eingabetaste',
	enters: {
		send: 'Sendet. Umschalt+Eingabe beginnt eine neue Zeile',
		break: 'Beginnt eine neue Zeile. Strg+Eingabe sendet'
	},
	language: 'Sprache',
	languageSystem: 'Wie der Browser',
	languageWaits:
		'Was du geschrieben hast, konnte auf diesem Gerät nicht gespeichert werden, also bleibt die Sprache vorerst. Kopiere es zuerst.',
	reading: 'Lesen',
	receipts: 'Anderen zeigen, was ich gelesen habe',
	receiptsSaid: 'Gilt auf allen deinen Geräten. Auch ohne das siehst du, wer deine Nachrichten gelesen hat.',
	presence: 'Anderen zeigen, wann ich da bin oder schreibe',
	presenceSaid: 'Gilt auf allen deinen Geräten. Auch ohne das siehst du es von anderen.'
};

export const logOut: LaterText['logOut'] = {
	title: 'Von diesem Gerät abmelden?',
	consequence: (lost) =>
		say`${named(lost)} gibt es nur hier. Beim Abmelden wird die Kopie auf diesem Gerät gelöscht, und das ginge verloren.`,
	erases: 'Beim Abmelden wird die Kopie auf diesem Gerät gelöscht.',
	stay: 'Bleiben',
	copy: 'Text kopieren',
	go: 'Abmelden',
	going: 'Wird abgemeldet…',
	failed: 'Das Abmelden wurde nicht fertig. Versuch es noch einmal.',
	copyByHand: 'Der Browser lässt Skein nicht kopieren. Markiere den Text und kopiere ihn.',
	elsewhere: 'Du hast dich in einem anderen Fenster dieses Browsers abgemeldet.',
	draftMark: 'Entwurf'
};
