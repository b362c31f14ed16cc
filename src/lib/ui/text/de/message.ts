import type { FirstText } from '..';
import { counted, list, say } from './sentences';

export const message: FirstText['message'] = {
	copyFailed: 'Der Browser lässt Skein nicht kopieren.',
	cancelled: (mayHaveLeft) =>
		mayHaveLeft
			? 'Senden abgebrochen. Falls die Nachricht schon unterwegs war, wird sie für alle gelöscht.'
			: 'Senden abgebrochen. Die Nachricht hat dieses Gerät nie verlassen.',
	changedMeanwhile:
		'Sie wurde inzwischen in einem anderen Tab geändert, deshalb wurde das Senden nicht abgebrochen.',
	leftAlready: 'Sie war schon unterwegs und wurde für alle gelöscht.',
	toDraft: 'Zurück ins Feld',
	removeFailed: 'Sie konnte nicht gelöscht werden. Versuch es noch einmal.',
	deleted: 'Nachricht gelöscht',
	moderated: 'Von der Moderation entfernt',
	removing: 'Wird bei der nächsten Verbindung gelöscht',
	quoteDeleted: 'Gelöschte Nachricht',
	quoteBlocked: 'Eine Nachricht von jemandem, den du blockiert hast',
	folded: counted({
		one: '{$n} Nachricht von jemandem, den du blockiert hast',
		other: '{$n} Nachrichten von jemandem, den du blockiert hast'
	}),
	unfold: 'Anzeigen',
	quoteMissing: 'Eine frühere Nachricht',
	notHere: 'Diese Nachricht ist noch nicht auf diesem Gerät.',
	edited: 'bearbeitet',
	editedHint: 'Bearbeitet. Frühere Fassungen anzeigen',
	forwardedFrom: (name) => say`Weitergeleitet von ${name}`,
	forwarded: (name) => say`An ${name} weitergeleitet`,
	pinned: 'Angeheftet',
	pinnedCount: counted({ one: '{$n} angeheftete Nachricht', other: '{$n} angeheftete Nachrichten' }),
	readBy: (n) => say`Gelesen von ${n}`,
	readers: (names) => say`Gelesen von ${list(names)}`,
	reaction: (emoji, names) => say`${emoji} ${list(names)}`,
	andMore: (n) => say`+${n} weitere`,
	fewer: 'Weniger',
	replying: (name) => say`Antwort an ${name}`,
	replyingAny: 'Antwort',
	stopReplying: 'Nicht mehr antworten',
	editing: 'Bearbeiten',
	stopEditing: 'Bearbeiten beenden',
	editGone: {
		kept: 'Die Nachricht wurde inzwischen gelöscht. Dein Text ist im Feld.',
		unchanged: 'Die Nachricht wurde inzwischen gelöscht.'
	},
	editCancelled: {
		kept: 'Das Senden der Nachricht wurde inzwischen abgebrochen. Dein Text ist im Feld.',
		unchanged: 'Das Senden der Nachricht wurde inzwischen abgebrochen.'
	},
	editDropped: 'Deine Änderungen wurden verworfen.',
	editAgain: 'Weiter bearbeiten',
	save: 'Speichern'
};

export const unread: FirstText['unread'] = {
	new: (n) => say`${n} neu`,
	newMark: 'Neu',
	orMore: (n) => say`${n}+`,
	inList: (n) => say`${n} ungelesen`,
	muted: 'Stumm'
};

export const late: FirstText['late'] = {
	mark: 'Spät angekommen',
	inList: (n) => say`${n} spät angekommen`
};

export const onlyHere: FirstText['onlyHere'] = {
	replies: counted({ one: '{$n} Antwort kam seitdem', other: '{$n} Antworten kamen seitdem' })
};

export const salvaged: FirstText['salvaged'] = {
	inLine: (n) => say`${n} nicht gesendet`
};
