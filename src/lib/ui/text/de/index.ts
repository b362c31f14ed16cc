/** Everything that Skein says, in German. It says "du". */
import type { FirstText } from '..';
import { late, message, onlyHere, salvaged, unread } from './message';
import { counted, list, locale, messages, number, people as countedPeople, say } from './sentences';

const newMessages = counted({ one: '{$n} neue Nachricht', other: '{$n} neue Nachrichten' });
const namesWrite = counted({ one: '{$names} schreibt', other: '{$names} schreiben' });
const came = counted({ one: '{$who} ist beigetreten', other: '{$who} sind beigetreten' });
const went = counted({ one: '{$who} ist gegangen', other: '{$who} sind gegangen' });

export const de: FirstText = {
	message,
	unread,
	late,
	onlyHere,
	salvaged,
	locale,
	number,
	group: {
		askToJoin: counted({
			one: '{$n} Person möchte beitreten',
			other: '{$n} Personen möchten beitreten'
		})
	},
	people: {
		find: 'Personen und Gruppen suchen',
		gone: 'Gelöschtes Konto'
	},
	account: {
		label: 'Konto'
	},

	brand: 'Skein',
	title: (page, unread = 0) => (unread > 0 ? say`(${unread}) ${page} – Skein` : say`${page} – Skein`),
	close: 'Schließen',
	you: 'Du',
	tryNow: 'Jetzt versuchen',
	reload: 'Neu laden',
	dismiss: 'Ausblenden',

	connection: {
		offline: 'Offline',
		connecting: 'Verbindet',
		catchingUp: 'Holt auf',
		synced: 'Aktuell',
		onlyHere: (n) => say`${n} nur hier`,
		left: counted({ one: 'noch {$n} Unterhaltung', other: 'noch {$n} Unterhaltungen' }),
		allHere: 'alles ist auf diesem Gerät',
		logInToSend: (unsent, changes) =>
			unsent > 0 && changes === 0
				? say`Anmelden, um ${messages(unsent)} zu senden`
				: 'Anmelden, um zu senden',
		openedFromDevice: 'Von diesem Gerät geöffnet.',
		lastCaughtUp: (when) => say`Zuletzt aktuell: ${when}.`
	},

	notice: {
		notStarted: 'Skein konnte nicht öffnen, was auf diesem Gerät ist.',
		pageMissing: 'Unter dieser Adresse gibt es nichts.',
		pageBroken: 'Diese Seite konnte nicht angezeigt werden.',
		again: 'Noch einmal versuchen',
		toConversations: 'Zu deinen Unterhaltungen',
		partLater:
			'Dieser Teil von Skein ist noch nicht auf diesem Gerät. Er öffnet sich mit der nächsten Verbindung.',
		partMissing:
			'Dieser Teil von Skein wurde nicht geladen. Was du geschrieben hast, bleibt, wenn du neu lädst.',
		updateWaits:
			'Was du geschrieben hast, konnte auf diesem Gerät nicht gespeichert werden, also wartet die neue Version. Kopiere es zuerst.'
	},

	conversations: {
		label: 'Unterhaltungen',
		newOne: 'Neue Unterhaltung',
		pinned: 'Angeheftet',
		recent: 'Neueste',
		mentionsOnly: 'Nur Erwähnungen',
		more: 'Mehr zu dieser Unterhaltung',
		moreOf: (name) => say`Mehr zu ${name}`,
		draft: 'Entwurf:',
		notSent: (n) => say`${n} nicht gesendet`,
		pending: 'Noch nicht erstellt',
		notHere: 'Noch nicht auf diesem Gerät',
		by: (name) => say`${name}:`
	},

	conversation: {
		messages: 'Nachrichten',
		people: countedPeople,
		direct: 'Direkte Unterhaltung',
		about: 'Über diese Unterhaltung',
		back: 'Zurück',
		today: 'Heute',
		yesterday: 'Gestern',
		olderNotHere:
			'Vielleicht gibt es mehr, als dieses Gerät hat. Der Rest kommt bei der nächsten Verbindung.',
		olderComes: 'Es kann mehr geben, als dieses Gerät hat. Der Rest ist auf dem Weg.',
		toLatest: 'Neueste',
		newBelow: (n, orMore) => (orMore ? say`${n}+ neue Nachrichten` : newMessages(n)),
		replyTo: (name) => say`Antwort auf ${name}`
	},

	presence: {
		here: 'Gerade da',
		away: 'Abwesend',
		gone: '',
		hereOf: (n) => say`${n} gerade da`,
		writing: (names) =>
			names.length > 2
				? say`${countedPeople(names.length)} schreiben`
				: namesWrite(names.length, { names: list(names) }),
		writes: 'Schreibt…'
	},

	state: { queued: 'Wartet', sent: 'Gesendet', read: 'Gelesen' },

	event: {
		created: (by) => say`${by} hat die Unterhaltung begonnen`,
		joined: (who) => came(who.length, { who: list(who) }),
		added: (by, who) => say`${by} hat ${list(who)} hinzugefügt`,
		left: (who) => went(who.length, { who: list(who) }),
		removed: (by, who) => say`${by} hat ${list(who)} entfernt`,
		renamed: (by, name) =>
			name === ''
				? say`${by} hat den Namen der Gruppe entfernt`
				: say`${by} hat die Unterhaltung in „${name}“ umbenannt`,
		described: (by) => say`${by} hat die Beschreibung geändert`,
		picture: {
			changed: (by) => say`${by} hat das Bild der Gruppe geändert`,
			removed: (by) => say`${by} hat das Bild der Gruppe entfernt`
		},
		role: {
			owner: (by, who) => say`${by} hat ${list(who)} die Leitung gegeben`,
			admin: (by, who) => say`${by} hat ${list(who)} zum Admin gemacht`,
			member: (by, who) => say`${by} hat ${list(who)} zum einfachen Mitglied gemacht`
		},
		handedOver: (by, who) => say`${by} hat die Gruppe an ${list(who)} übergeben`,
		history: {
			start: (by) => say`${by} lässt neue Mitglieder den ganzen Verlauf lesen`,
			joining: (by) => say`${by} lässt neue Mitglieder nur lesen, was nach ihrem Beitritt geschrieben wird`
		},
		joining: {
			open: (by) => say`${by} lässt alle mit einem Link gleich beitreten`,
			request: (by) => say`${by} lässt vor dem Beitritt fragen`
		},
		other: (by) => say`${by} hat die Unterhaltung geändert`
	},

	composer: {
		label: 'Nachricht',
		placeholder: (name) => say`Nachricht an ${name}`,
		send: 'Senden',
		offline: 'Offline. Wartet hier und geht von selbst.',
		signedOut: 'Wartet hier, bis du dich wieder angemeldet hast.',
		keys: {
			enter: 'Eingabe sendet, Umschalt+Eingabe beginnt eine neue Zeile',
			break: 'Eingabe beginnt eine neue Zeile, Strg+Eingabe sendet'
		},
		left: (n) => say`noch ${n}`,
		over: counted({
			one: 'Um {$n} Zeichen zu lang. Es bleibt hier.',
			other: 'Um {$n} Zeichen zu lang. Es bleibt hier.'
		})
	}
};
