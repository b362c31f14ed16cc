import type { LaterText } from '..';
import { fromNow, people as countedPeople, say } from './sentences';

export const entry: LaterText['entry'] = {
	registerTitle: 'Konto erstellen',
	registerLead: 'Dieser Schritt braucht eine Verbindung. Danach gehen Lesen und Schreiben auch ohne.',
	loginTitle: 'Anmelden',
	loginLead: 'Dieser Schritt braucht eine Verbindung. Danach gehen Lesen und Schreiben auch ohne.',
	username: 'Benutzername',
	password: 'Passwort',
	email: 'E-Mail-Adresse',
	emailHint: 'Kann leer bleiben. Ohne sie kann dir niemand helfen, wenn du dein Passwort vergisst.',
	createAccount: 'Konto erstellen',
	logIn: 'Anmelden',
	or: 'oder',
	toLogin: 'anmelden',
	toRegister: 'ein Konto erstellen',
	usernameHint: (min, max) =>
		say`${min} bis ${max} Buchstaben jeder Schrift, Ziffern, Punkte, Binde- und Unterstriche.`,
	passwordHint: (min) => say`Mindestens ${min} Zeichen. Ein paar Wörter sind besser als eins.`,
	legend:
		'Ein Knoten wurde gelesen. Ein gefüllter Stich liegt auf der Festplatte des Servers. Ein hohler Stich ist nur auf deinem Gerät und geht von selbst.',
	sample: [
		'Kein Netz hinter der Mauer. Schreib wie sonst.',
		'Sind gerade daran vorbei. Funk auf 72.',
		'Vor Ort. Sicht 8 m.'
	],
	done: 'in Ordnung',
	problem: {
		usernameMissing: 'Gib einen Benutzernamen ein.',
		ownUsernameMissing: 'Gib deinen Benutzernamen ein.',
		usernameShort: (min) => say`Zu kurz. Nimm mindestens ${min} Zeichen.`,
		usernameLong: (over, max) => say`Um ${over} zu lang. Nimm höchstens ${max} Zeichen.`,
		usernameSigns: 'Nur Buchstaben, Ziffern, Punkte, Binde- und Unterstriche.',
		usernameTaken: 'Dieser Name ist vergeben. Wähle einen anderen.',
		passwordMissing: 'Gib ein Passwort ein.',
		ownPasswordMissing: 'Gib dein Passwort ein.',
		passwordShort: (by, min) => say`Um ${by} zu kurz. Nimm mindestens ${min} Zeichen.`,
		passwordLong: (by, max) => say`Um ${by} zu lang. Nimm höchstens ${max} Zeichen.`,
		passwordCommon: 'Das benutzen zu viele. Wähle ein anderes.',
		wrongLogin: 'Benutzername und Passwort passen nicht zusammen.',
		noConnection:
			'Keine Verbindung. Was du eingegeben hast, bleibt hier; versuch es wieder, wenn es eine gibt.',
		tooMany: (retryAfterS) =>
			say`Zu viele Versuche. Versuch es ${retryAfterS === undefined ? 'etwas später' : fromNow(retryAfterS)} noch einmal.`,
		refused: 'Der Server hat das nicht angenommen. Ändere es und versuch es noch einmal.',
		server: 'Der Server konnte das gerade nicht. Was du eingegeben hast, bleibt hier; versuch es noch einmal.'
	}
};

export const start: LaterText['start'] = {
	people: 'Personen',
	searching: 'Gib einen Namen ein.',
	offline: 'Ohne Verbindung werden nur Personen gefunden, die dieses Gerät kennt.',
	nobody: (query) => say`Niemand gefunden für „${query}“.`,
	suggestions: 'Vorschläge',
	found: (n) => say`${countedPeople(n)} gefunden`,
	remove: (name) => say`${name} entfernen`,
	groupName: 'Gruppenname',
	groupHint: 'Leer lassen, um einer Person zu schreiben.',
	go: 'Unterhaltung beginnen',
	problem: {
		nobody: 'Wähle mindestens eine Person.',
		notChosen: (query) => say`„${query}“ ist noch nicht gewählt. Nimm eine Person aus der Liste.`,
		tooMany: (max) => say`In eine Gruppe passen höchstens ${max} Personen.`,
		failed: 'Die Unterhaltung konnte nicht begonnen werden. Nichts ging verloren; versuch es noch einmal.'
	}
};
