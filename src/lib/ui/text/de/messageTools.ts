import type { LaterText } from '..';
import { say } from './sentences';

export const message: LaterText['message'] = {
	more: 'Mehr',
	tools: 'Aktionen für diese Nachricht',
	reply: 'Antworten',
	react: 'Reagieren',
	edit: 'Bearbeiten',
	copy: 'Text kopieren',
	copyLink: 'Link kopieren',
	forward: 'Weiterleiten…',
	pin: 'Anheften',
	unpin: 'Loslösen',
	unreadFrom: 'Ab hier als ungelesen markieren',
	remove: 'Für alle löschen…',
	cancel: 'Senden abbrechen',
	keys: { reply: 'R', react: 'E', remove: 'Entf' },
	linkCopied: 'Link kopiert',
	removeTitle: 'Diese Nachricht für alle löschen?',
	removeSaid:
		'Ihr Text wird auf allen Geräten aller hier gelöscht, sobald sie verbunden sind. Das lässt sich nicht rückgängig machen.',
	moderateSaid:
		'Ihr Text wird auf allen Geräten aller hier gelöscht, sobald sie verbunden sind, und es steht da, dass die Moderation sie entfernt hat. Das lässt sich nicht rückgängig machen.',
	removeGo: 'Löschen',
	historyTitle: 'Fassungen dieser Nachricht',
	now: 'Jetzt',
	forwardTitle: 'Weiterleiten an',
	forwardFind: 'Unterhaltung',
	forwardNone: 'Keine Unterhaltung mit diesem Namen.',
	forwardFailed: 'Sie konnte nicht weitergeleitet werden. Versuch es noch einmal.',
	pinnedTitle: 'Angeheftete Nachrichten',
	addReaction: 'Reaktion hinzufügen',
	emojiFind: 'Emoji suchen oder eingeben',
	emojiUse: (emoji) => say`Mit ${emoji} reagieren`,
	textCopied: 'Text kopiert',
	otherDraft: 'Ein anderer Entwurf von einem anderen Gerät:',
	useIt: 'Verwenden',
	keepMine: 'Meinen behalten',
	task: { open: 'Offen', done: 'Erledigt' },
	emojiNone: 'Keins mit diesem Namen. Jedes Emoji kann eingegeben oder eingefügt werden.'
};

/** What buttons of dialogs and forms say. */
export const act: LaterText['act'] = { cancel: 'Abbrechen', save: 'Speichern', copied: 'Kopiert' };
