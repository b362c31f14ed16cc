import type { Text } from '..';
import { named } from './lost';
import { counted, say } from './sentences';

export const forgot: Text['forgot'] = {
	title: 'Passwort vergessen?',
	lead: 'Ein Link für ein neues geht an die Adresse deines Kontos. Das braucht eine Verbindung.',
	who: 'Benutzername oder E-Mail-Adresse',
	whoMissing: 'Gib deinen Benutzernamen oder deine Adresse ein.',
	go: 'Link senden',
	toLogin: 'anmelden',
	link: 'Passwort vergessen?',
	sentTitle: 'Schau in dein Postfach',
	sent: 'Wenn es so ein Konto gibt und es eine Adresse hat, ist ein Link dorthin unterwegs. Er gilt einmal, eine halbe Stunde lang.',
	noAddress: 'Keine Adresse im Konto, oder es kommt keine Mail? Frag die Person, die dein Skein betreibt.'
};

export const reset: Text['reset'] = {
	title: 'Neues Passwort wählen',
	lead: 'Danach sind alle deine Geräte und Programme abgemeldet und deine Webhooks gelöscht. Was deine Geräte noch nicht gesendet haben, bleibt auf ihnen, bis du dich wieder anmeldest.',
	password: 'Neues Passwort',
	go: 'Passwort setzen',
	noLink:
		'Diese Adresse ist unvollständig. Öffne den Link aus der Mail noch einmal, oder fordere einen neuen an.',
	over: 'Dieser Link wurde schon benutzt oder ist älter als eine halbe Stunde.',
	askAgain: 'Neuen anfordern',
	done: 'Dein neues Passwort gilt. Melde dich damit an.'
};

export const security: Text['security'] = {
	title: 'Anmeldung und Geräte',
	lead: 'Das braucht eine Verbindung: Passwörter werden nie auf einem Gerät gespeichert.',
	offline: 'Offline. Das wartet auf eine Verbindung; alles andere geht weiter.',
	unreachable: 'Der Server ist gerade nicht erreichbar.',
	problem: {
		wrongPassword: 'Das ist nicht dein Passwort.',
		missing: 'Gib dein Passwort ein.',
		loggedOut: 'Du wurdest abgemeldet. Melde dich an und versuch es noch einmal.',
		address: 'Das ist keine E-Mail-Adresse.'
	},
	email: {
		heading: 'E-Mail-Adresse',
		why: 'Für einen Link, wenn du dein Passwort vergessen hast. Niemand sonst sieht sie.',
		address: 'Adresse',
		hint: 'Leer lassen, um keine zu haben.',
		password: 'Dein Passwort',
		save: 'Adresse speichern',
		saved: 'Gespeichert'
	},
	password: {
		heading: 'Passwort',
		why: 'Ein neues meldet alle deine anderen Geräte ab. Was sie noch nicht gesendet haben, bleibt auf ihnen. Programme behalten ihre Tokens, bis du sie unten widerrufst.',
		current: 'Aktuelles Passwort',
		fresh: 'Neues Passwort',
		save: 'Passwort ändern',
		saved: 'Geändert. Deine anderen Geräte sind abgemeldet.'
	},
	sessions: {
		heading: 'Wo du angemeldet bist',
		list: 'Sitzungen',
		loading: 'Der Server wird gefragt…',
		later: 'Sie stehen hier, sobald es eine Verbindung gibt.',
		unknown: 'Ein Programm',
		on: (browser, system) => say`${browser} auf ${system}`,
		current: 'Dieses Gerät',
		seen: (when) => say`Zuletzt gesehen ${when}`,
		end: 'Abmelden',
		endOf: (name) => say`${name} abmelden`,
		endOthers: 'Alle anderen abmelden'
	},
	remove: {
		heading: 'Konto löschen',
		why: 'Niemand findet dich mehr, und deine Nachrichten stehen da als die eines gelöschten Kontos. Es gibt kein Zurück.',
		open: 'Endgültig löschen',
		title: 'Dein Konto endgültig löschen?',
		consequence:
			'Du wirst überall abgemeldet, und alle deine Geräte löschen ihre Kopien. Gruppen, die nur dir gehören, gehen an jemanden mit Admin-Rolle, sonst an die Person, die am längsten dabei ist. Dein Benutzername ist nach 30 Tagen wieder frei.',
		unsent: (lost) => say`Nur hier und damit verloren: ${named(lost)}.`,
		password: 'Dein Passwort',
		erase: 'Alles löschen, was ich geschrieben habe, für alle',
		eraseSaid: 'Aus allen Unterhaltungen, auch aus verlassenen. Sonst bleibt es stehen, ohne deinen Namen.',
		successor: 'Wer diesen Server nach dir verwaltet',
		successorSaid:
			'Du verwaltest diesen Server, und jemand muss es tun. Wenn sonst niemand hier ein Konto hat, lass es leer.',
		keep: 'Bleiben',
		go: 'Endgültig löschen',
		going: 'Wird gelöscht…',
		left: counted({
			one: 'Die Kopie auf diesem Gerät wird gelöscht: noch {$n} Teil',
			other: 'Die Kopie auf diesem Gerät wird gelöscht: noch {$n} Teile'
		}),
		unfinished:
			'Das Konto ist gelöscht. Die Kopie auf diesem Gerät konnte noch nicht gelöscht werden; beim nächsten Start wird es wieder versucht.',
		done: 'Dein Konto ist gelöscht.'
	},
	gone: {
		title: 'Dieses Konto wurde gelöscht',
		said: 'Was dieses Gerät davon noch hat, wird jetzt gelöscht.',
		copyFirst: 'Manches davon gibt es nur hier. Kopiere es zuerst, wenn du es behalten willst.',
		go: 'Löschen und weiter'
	}
};
