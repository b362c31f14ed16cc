import type { ErasureTrouble } from '../../../protocol/erasureTrouble';
import type { ReportOutcome } from '../../../protocol/reportReasons';
import type { FixedLimit, SettableLimit } from '../../../protocol/serverLimits';
import type { Text } from '..';
import { counted, locale, number, say } from './sentences';

const megabytes = new Intl.NumberFormat(locale, {
	style: 'unit',
	unit: 'megabyte',
	maximumFractionDigits: 1
});
const accounts = counted({ one: '{$n} Konto', other: '{$n} Konten' });
const firstAccounts = counted({ one: 'Das erste Konto', other: 'Die ersten {$n} Konten' });
const erasedIn = counted({
	one: 'Gelöscht in {$done} von {$n} Unterhaltung',
	other: 'Gelöscht in {$done} von {$n} Unterhaltungen'
});
const documents = counted({ one: '{$n} Dokument', other: '{$n} Dokumente' });

const troubles: Readonly<Record<ErasureTrouble, string>> = {
	full: 'Noch nicht gelöscht: Die Festplatte des Servers ist voll',
	broken: 'Noch nicht gelöscht: Die Festplatte des Servers hat Fehler',
	damaged: 'Noch nicht gelöscht: Die Datenbank ist beschädigt',
	locked: 'Noch nicht gelöscht: Ein anderes Programm hat die Datenbank gesperrt',
	away: 'Noch nicht gelöscht: Das Relay antwortet nicht',
	unknown: 'Noch nicht gelöscht: Auf dem Server ist etwas fehlgeschlagen'
};

const outcomes: Readonly<Record<ReportOutcome, string>> = {
	acted: 'Es wurde etwas unternommen',
	dismissed: 'Es war nichts zu tun'
};

const settable: Readonly<Record<SettableLimit, string>> = {
	userStoreMb: 'Megabyte, die eine Person speichern darf',
	roomStoreMb: 'Megabyte, die eine Person in einem Teil einer Unterhaltung speichern darf',
	userSockets: 'Gleichzeitige Verbindungen einer Person',
	accounts: 'Konten auf diesem Server',
	registrationsPerHour: 'Neue Konten von einer Adresse in einer Stunde'
};

const fixed: Readonly<Record<FixedLimit, string>> = {
	userKbPerSecond: 'Kilobyte, die die Geräte einer Person auf Dauer in einer Sekunde senden dürfen',
	groupMembers: 'Personen in einer Gruppe',
	conversationsOfUser: 'Unterhaltungen einer Person, ohne die, die andere mit ihr allein beginnen',
	conversationsByOthers: 'Unterhaltungen, bis zu denen andere eine Person in eine Gruppe holen dürfen',
	conversationsBegunPerHour: 'Unterhaltungen, die eine Person in einer Stunde beginnt',
	groupChangesPerHour:
		'Änderungen an Gruppen und daran, wer in ihnen ist, die eine Person in einer Stunde macht',
	messageCharacters: 'Zeichen einer Nachricht',
	pictureUploadMb: 'Megabyte eines Bildes einer Person oder Gruppe beim Hochladen',
	tokensOfUser: 'API-Tokens einer Person',
	webhooksOfConversation: 'Webhooks einer Unterhaltung',
	loginTries: 'Falsche Passwörter für ein Konto von einer Adresse in 15 Minuten',
	sendsPerMinute: 'Nachrichten, die eine Person per REST in einer Minute sendet',
	searchesPerMinute: 'Suchen einer Person in einer Minute',
	pagesPerMinute:
		'Seiten mit Nachrichten oder Unterhaltungen, die eine Person per REST in einer Minute liest',
	peopleToldPerQuarter:
		'Personen, die in 15 Minuten von Änderungen einer Person an Gruppen und Profil erfahren'
};

const amount = (value: number | undefined): string => (value === undefined ? 'keine Grenze' : number(value));

export const administration: Text['administration'] = {
	title: 'Verwaltung',
	lead: 'Nur für die Verwaltung dieses Servers. Was hier getan wird, steht im Protokoll.',
	looking: 'Der Server wird gefragt…',
	more: 'Mehr anzeigen',
	person: (name, username) => say`${name} (${username})`,
	reports: {
		heading: 'Meldungen',
		list: 'Meldungen',
		open: 'Offen',
		settled: 'Erledigt',
		which: 'Welche Meldungen',
		none: 'Keine Meldung ist offen.',
		noneSettled: 'Noch keine ist erledigt.',
		about: (name) => say`Über ${name}`,
		by: (name, when) => say`Gemeldet von ${name}, ${when}`,
		byHidden: (when) => say`Gemeldet ${when}. Von wem, erfährst du nicht, weil es um dich geht.`,
		shown: 'Was gemeldet wurde und was darum herum stand',
		isReported: 'gemeldet',
		unknownAuthor: 'Unbekannt',
		checks: {
			same: 'wie es geschrieben wurde',
			other: 'nicht, was geschrieben wurde: nur die Aussage der meldenden Person',
			gone: 'gelöscht, der Text ist nicht mehr da',
			missing: 'der Server kennt diese Nachricht nicht: nur die Aussage der meldenden Person'
		},
		findAccount: 'Konto suchen',
		act: 'Erledigen',
		dismiss: 'Abweisen',
		actTitle: 'Diese Meldung erledigen?',
		dismissTitle: 'Diese Meldung abweisen?',
		settleSaid:
			'Die Texte darin werden dann gelöscht und sind nicht mehr lesbar. Wer, was und warum bleibt stehen.',
		outcomes,
		settledBy: (name, when) => say`${name}, ${when}`
	},
	accounts: {
		heading: 'Personen',
		list: 'Konten',
		search: 'Name oder Benutzername',
		found: (n, more) => (more ? firstAccounts(n) : say`${accounts(n)} gefunden`),
		administrator: 'Verwaltung',
		named: 'Verwaltung, laut Einstellung des Servers',
		suspended: 'Gesperrt',
		since: (when) => say`Seit ${when}`,
		sessions: counted({ one: '{$n} Sitzung', other: '{$n} Sitzungen' }),
		bytes: (n) => say`${megabytes.format(n / 1_000_000)} gespeichert`,
		suspend: 'Sperren',
		readmit: 'Entsperren',
		endSessions: 'Sitzungen beenden',
		resetLink: 'Link für neues Passwort',
		of: (act, name) => say`${act}: ${name}`,
		make: 'Verwaltung erteilen',
		makeTitle: (name) => say`${name} die Verwaltung erteilen?`,
		makeSaid:
			'Die Person kann dann hier alles, was du kannst, auch sperren und dir die Verwaltung entziehen. Das gilt sofort.',
		unmake: 'Verwaltung entziehen',
		unmakeTitle: (name) => say`${name} die Verwaltung entziehen?`,
		unmakeSaid: 'Die Person bleibt angemeldet und kann hier ab sofort nichts mehr tun.',
		unmakeOwnTitle: 'Die Verwaltung abgeben?',
		unmakeOwnSaid:
			'Du bleibst angemeldet und kannst hier ab sofort nichts mehr tun. Wer den Server noch verwaltet, kann sie dir wieder erteilen.',
		suspendTitle: (name) => say`${name} sperren?`,
		suspendSaid:
			'Die Person wird überall sofort abgemeldet und kann sich erst wieder anmelden, wenn sie entsperrt ist.',
		endTitle: (name) => say`Alle Sitzungen von ${name} beenden?`,
		endSaid:
			'Die Person wird überall sofort abgemeldet und kann sich wieder anmelden. Auch die Tokens ihrer Programme und ihre Webhooks enden. Was sie noch nicht gesendet hat, bleibt bei ihr.',
		resetTitle: (name) => say`Link für ein neues Passwort von ${name} erstellen?`,
		resetSaid:
			'Wer ihn innerhalb einer halben Stunde öffnet, legt das Passwort fest, einmal. Gib ihn nur dieser Person. Er wird nur dieses eine Mal gezeigt.',
		resetShown: (name) => say`Der Link für ${name}. Er wird nur dieses eine Mal gezeigt:`,
		copy: 'Link kopieren'
	},
	erasures: {
		failed: (trouble, rooms) =>
			rooms === 0 ? troubles[trouble] : say`${troubles[trouble]} (${documents(rooms)})`,
		reason: (reason) => say`Der Server sagt dazu: ${reason}`,
		retry: (when) => say`Nächster Versuch um ${when}`,
		trying: 'Wird gerade noch einmal versucht',
		heading: 'Wird gelöscht',
		list: 'Nachrichten gelöschter Konten',
		begun: (when) => say`Ein Konto, das ${when} gelöscht wurde`,
		lookedFor: 'Seine Nachrichten werden gesucht',
		done: (done, all) => erasedIn(all, { done })
	},
	registration: {
		heading: 'Wer ein Konto erstellen darf',
		modes: {
			open: 'Alle, die diesen Server finden',
			invitation: 'Wer einen Einladungslink in eine Gruppe hat'
		}
	},
	limits: {
		heading: 'Grenzen',
		lead: 'Sie gelten sofort, für alles, was als Nächstes gespeichert, geöffnet oder verlangt wird. Was schon da ist, bleibt.',
		settable,
		fixed,
		amount,
		standard: (value) => say`Leer: ${amount(value)}`,
		wrong: (min, max) => say`Eine ganze Zahl von ${min} bis ${max}, oder nichts.`,
		save: 'Grenzen speichern',
		fixedHeading: 'Was hier nicht zu ändern ist',
		fixedLead: 'Das ist Teil von Skein oder wird beim Start in der Umgebung des Servers gesetzt.'
	},
	audit: {
		again: 'Noch einmal ansehen',
		shown: counted({ one: '{$n} neuer Eintrag', other: '{$n} neue Einträge' }),
		heading: 'Protokoll',
		list: 'Was getan wurde, Neuestes zuerst',
		none: 'Noch nichts.',
		download: 'Alles herunterladen (JSON)',
		actions: {
			'administration-handed-over': (who, whom) => say`${who} hat ${whom} die Verwaltung überlassen`,
			'administrator-made': (who, whom) => say`${who} hat ${whom} an der Verwaltung beteiligt`,
			'administrator-unmade': (who, whom) => say`${who} hat ${whom} die Verwaltung entzogen`,
			'limit-set': (who, _, { limit }) =>
				limit
					? say`${who} hat eine Grenze gesetzt. ${settable[limit.name]}: ${amount(limit.value ?? undefined)}`
					: say`${who} hat eine Grenze gesetzt`,
			suspended: (who, whom) => say`${who} hat ${whom} gesperrt`,
			readmitted: (who, whom) => say`${who} hat ${whom} entsperrt`,
			'sessions-ended': (who, whom) => say`${who} hat alle Sitzungen von ${whom} beendet`,
			'reset-link-made': (who, whom) =>
				say`${who} hat einen Link für ein neues Passwort von ${whom} erstellt`,
			'report-settled': (who, whom, { report }) =>
				report
					? say`${who} hat eine Meldung über ${whom} erledigt. ${outcomes[report.outcome]}`
					: say`${who} hat eine Meldung über ${whom} erledigt`,
			'registration-opened': (who) => say`${who} hat die Registrierung für alle geöffnet`,
			'registration-by-invitation': (who) => say`${who} lässt nur noch auf Einladung registrieren`
		}
	}
};
