import type { Text } from '..';
import { commandSentences, type WhyRefused, type WordedCommands } from '../commandSentences';
import { counted, list, say } from './sentences';

const quoted = (name: string): string => say`„${name}“`;
/** As the subject, as what is meant, and as where: German names the same thing by case. */
const it = (name: string): string => (name === '' ? 'Die Unterhaltung' : quoted(name));
const of = (name: string): string => (name === '' ? 'der Unterhaltung' : quoted(name));

const roles = { owner: 'zur Leitung', admin: 'zum Admin', member: 'zum einfachen Mitglied' } as const;

const worded: WordedCommands = {
	'create-conversation': {
		queued: ({ people }) =>
			people.length === 0
				? 'Beginnen'
				: say`Beginnen mit ${list(people.map(({ displayName }) => displayName))}`,
		refused: (_, name) => say`${it(name)} konnte nicht erstellt werden.`
	},
	'change-group': {
		queued: ({ change }) => {
			if (change.name === '') return 'Ihren Namen entfernen';
			if (change.name !== undefined) return say`Umbenennen in ${quoted(change.name)}`;
			return change.description === undefined ? 'Ihre Einstellungen ändern' : 'Ändern, worum es geht';
		},
		refused: ({ change }, name) => {
			if (change.name === '') return say`Der Name von ${of(name)} wurde nicht entfernt.`;
			if (change.name !== undefined) return say`${it(name)} wurde nicht in ${quoted(change.name)} umbenannt.`;
			return change.description === undefined
				? say`Die Einstellungen von ${of(name)} wurden nicht geändert.`
				: say`Die Beschreibung von ${of(name)} wurde nicht geändert.`;
		}
	},
	'set-group-picture': {
		queued: ({ picture }) => (picture ? 'Ihr Bild ändern' : 'Ihr Bild entfernen'),
		refused: (_, name) => say`Das Bild von ${of(name)} wurde nicht geändert.`
	},
	'add-member': {
		queued: ({ person }) => say`Person hinzufügen: ${person.displayName}`,
		refused: ({ person }, name) => say`${person.displayName} wurde nicht zu ${of(name)} hinzugefügt.`,
		why: {
			out_of_reach: 'Diese Person ist für dich nicht erreichbar.',
			unknown_user: 'Das Konto wurde inzwischen gelöscht.'
		}
	},
	'remove-member': {
		queued: ({ person }) => say`Person entfernen: ${person.displayName}`,
		refused: ({ person }, name) => say`${person.displayName} wurde nicht aus ${of(name)} entfernt.`
	},
	'change-role': {
		queued: ({ person, role }) => say`Person ${roles[role]} machen: ${person.displayName}`,
		refused: ({ person }, name) =>
			say`Die Rolle von ${person.displayName} in ${of(name)} wurde nicht geändert.`
	},
	'hand-over': {
		queued: ({ person }) => say`Übergeben an ${person.displayName}`,
		refused: ({ person }, name) => say`${it(name)} wurde nicht an ${person.displayName} übergeben.`,
		why: { last_owner: 'Ihr Konto kann sie zurzeit nicht leiten.' }
	},
	'answer-request': {
		queued: ({ person, yes }) =>
			yes ? say`Person einlassen: ${person.displayName}` : say`Person ablehnen: ${person.displayName}`,
		refused: ({ person }, name) =>
			say`${person.displayName} möchte ${name === '' ? 'der Unterhaltung' : quoted(name)} beitreten und bekam keine Antwort.`
	},
	'withdraw-request': {
		queued: ({ name }) => say`Nicht mehr um Beitritt zu ${of(name)} bitten`,
		refused: ({ name }) =>
			say`Deine Anfrage an ${name === '' ? 'die Unterhaltung' : quoted(name)} wurde nicht zurückgezogen.`,
		why: { no_such_request: 'Sie wurde schon beantwortet oder zurückgezogen.' }
	},
	'leave-group': {
		queued: () => 'Verlassen',
		refused: (_, name) => say`Du hast ${name === '' ? 'die Unterhaltung' : quoted(name)} nicht verlassen.`
	},
	'remove-message': {
		queued: ({ text }) => say`Für alle löschen: ${quoted(text)}`,
		refused: ({ text }) => say`Die Nachricht ${quoted(text)} wurde nicht gelöscht.`
	},
	report: {
		queued: ({ name, request }) =>
			request.message === undefined ? say`Person melden: ${name}` : say`Eine Nachricht melden, von ${name}`,
		refused: ({ name, request }) =>
			request.message === undefined
				? say`${name} wurde nicht gemeldet.`
				: say`Die Nachricht von ${name} wurde nicht gemeldet.`
	},
	'change-profile': {
		queued: () => 'Dein Profil ändern',
		refused: () => 'Dein Profil wurde nicht geändert.'
	},
	'set-picture': {
		queued: ({ picture }) => (picture ? 'Dein Bild ändern' : 'Dein Bild entfernen'),
		refused: () => 'Dein Bild wurde nicht geändert.'
	},
	'block-person': {
		queued: ({ person }) => say`Person blockieren: ${person.displayName}`,
		refused: ({ person }) => say`${person.displayName} wurde nicht blockiert.`
	},
	'unblock-person': {
		queued: ({ person }) => say`Blockierung aufheben: ${person.displayName}`,
		refused: ({ person }) => say`Die Blockierung von ${person.displayName} wurde nicht aufgehoben.`
	}
};

const CANNOT_BE = 'Der Server hat das nicht verstanden. Eine neuere Version von Skein kann es vielleicht.';

const why: WhyRefused = {
	changed_meanwhile: 'Jemand anderes hat es inzwischen geändert.',
	direct_conversation: 'Eine direkte Unterhaltung bleibt unter zweien.',
	gone_meanwhile:
		'Diese Person ist inzwischen gegangen oder wurde entfernt. Füge sie noch einmal hinzu, wenn du das noch möchtest.',
	id_reused: 'Dieses Gerät hat zwei Dinge unter einer Nummer verlangt. Versuch es noch einmal.',
	id_taken: 'Eine andere Unterhaltung steht schon an dieser Stelle. Beginne sie neu.',
	invalid: 'So nimmt der Server es nicht an.',
	last_owner: 'Außer dir leitet sie zurzeit niemand. Übergib sie zuerst jemandem.',
	malformed_json: CANNOT_BE,
	message_gone: 'Die Nachricht ist nicht mehr da.',
	no_such_conversation: 'Du bist nicht mehr darin, oder es gibt sie nicht mehr.',
	no_such_member: 'Diese Person ist nicht mehr darin.',
	no_such_message: 'Sie ist nicht mehr da.',
	no_such_method: CANNOT_BE,
	no_such_path: CANNOT_BE,
	no_such_request: 'Diese Person fragt nicht mehr, oder sie hat schon eine Antwort.',
	no_such_user: 'Dieses Konto gibt es nicht mehr.',
	not_a_picture: 'Der Server kann dieses Bild nicht lesen.',
	not_allowed: 'Deine Rolle in der Gruppe erlaubt dir das nicht.',
	not_json: CANNOT_BE,
	not_moderator: 'Nachrichten anderer löschen nur Leitung und Admins.',
	other_origin: 'Von dieser Adresse nimmt der Server es nicht an.',
	out_meanwhile:
		'Seit du das wolltest, warst du nicht mehr dabei. Mach es noch einmal, wenn du es noch möchtest.',
	out_of_reach: 'Jemand darin ist für dich nicht erreichbar.',
	out_of_scope: 'Diese Anmeldung darf das nicht.',
	refused: 'Der Server hat es abgelehnt.',
	theirs_too_many: 'Jemand davon nimmt zurzeit an keiner weiteren Gruppe teil.',
	too_large: 'Es ist zu groß.',
	too_many_blocks: 'Mehr Personen kannst du nicht blockieren. Hebe zuerst eine Blockierung auf.',
	too_many_conversations: 'An mehr Unterhaltungen kannst du nicht teilnehmen. Verlasse zuerst eine.',
	too_many_members: 'Mehr Personen passen nicht in eine Unterhaltung.',
	too_many_reports: 'Von dir sind schon so viele Meldungen offen, wie erlaubt sind.',
	too_many_pixels: 'Das Bild hat zu viele Pixel.',
	unknown_user: 'Jemand hat inzwischen das Konto gelöscht.',
	was_removed: 'Wer entfernt wurde, kommt nur durch Leitung oder Admins zurück.'
};

export const commands: Text['commands'] = {
	title: 'Wartende Änderungen',
	said: counted({
		one: '{$n} Änderung wartet hier. Sie geht bei der nächsten Verbindung von selbst.',
		other: '{$n} Änderungen warten hier. Sie gehen bei der nächsten Verbindung von selbst.'
	}),
	saidSignedOut: counted({
		one: '{$n} Änderung wartet hier. Sie geht, sobald du dich wieder angemeldet hast.',
		other: '{$n} Änderungen warten hier. Sie gehen, sobald du dich wieder angemeldet hast.'
	}),
	list: 'Änderungen nur auf diesem Gerät',
	given: (when) => say`Verlangt ${when}`,
	cancel: 'Zurücknehmen',
	takenBack: 'Zurückgenommen. Es hat dieses Gerät nie verlassen.',
	leftAlready: 'Es war schon unterwegs.',
	deeds: {
		redaction: 'Eine deiner Nachrichten für alle löschen. Die anderen sehen sie noch.',
		react: (emoji, message) => say`Mit ${emoji} auf ${quoted(message)} reagieren`,
		unreact: (emoji, message) => say`${emoji} von ${quoted(message)} zurücknehmen`,
		pin: (message) => say`${quoted(message)} anheften`,
		unpin: (message) => say`${quoted(message)} nicht mehr anheften`,
		turnOn: (what) => say`${quoted(what)} einschalten`,
		turnOff: (what) => say`${quoted(what)} ausschalten`
	},
	account: 'Dein Konto',
	...commandSentences(worded, why)
};
