import type { LaterText } from '..';
import { counted, people, say } from './sentences';

const used = counted({ one: '{$n}-mal benutzt', other: '{$n}-mal benutzt' });

export const group: LaterText['group'] = {
	links: 'Per Link einladen…',
	failed: 'Das konnte auf diesem Gerät nicht gespeichert werden. Versuch es noch einmal.',
	askedHeading: 'Beitritt angefragt',
	waiting: 'Wartet auf Einlass',
	declined: 'Du wurdest nicht eingelassen',
	waitingTitle: (name) => say`Du hast gefragt, ob du ${name} beitreten darfst`,
	waitingSaid: 'Jemand in der Gruppe muss zustimmen. Dann öffnet sie sich hier von selbst.',
	declinedTitle: (name) => say`Du wurdest in ${name} nicht eingelassen`,
	declinedSaid: 'Nach einigen Tagen kannst du noch einmal fragen, mit einem Link, der noch gilt.',
	withdraw: 'Anfrage zurückziehen',
	rename: 'Umbenennen',
	name: 'Gruppenname',
	heading: 'Gruppe',
	describe: 'Sagen, worum es geht',
	describeAnew: 'Ändern, worum es geht',
	description: 'Worum es geht',
	changePicture: 'Anderes Bild auswählen',
	removePicture: 'Bild entfernen',
	add: 'Personen hinzufügen',
	addGo: 'Hinzufügen',
	settings: 'Einstellungen',
	fromJoining: 'Neue Mitglieder lesen nur, was nach ihrem Beitritt geschrieben wird',
	mustAsk: 'Wer einen Link hat, fragt vor dem Beitritt',
	actsOf: (name) => say`Aktionen für ${name}`,
	makeAdmin: 'Zum Admin machen',
	makeMember: 'Zum einfachen Mitglied machen',
	handOver: 'Gruppe übergeben…',
	handOverTitle: (name) => say`Gruppe an ${name} übergeben?`,
	handOverSaid: 'Dann gehört die Gruppe dieser Person, und du wirst Admin. Nur sie kann sie zurückgeben.',
	handOverGo: 'Übergeben',
	remove: 'Entfernen…',
	removeTitle: (name) => say`${name} entfernen?`,
	removeSaid:
		'Ab dann kommt dort nichts Neues mehr an. Was die Person gelesen hat, kann sie behalten haben, und was sie geschrieben hat, bleibt hier.',
	removeGo: 'Entfernen',
	leave: 'Gruppe verlassen…',
	leaveTitle: 'Diese Gruppe verlassen?',
	leaveSaid:
		'Ab dann kommt bei dir nichts Neues mehr an, und was hier steht, verschwindet von deinen Geräten. Um zurückzukommen, muss dich jemand einlassen.',
	leaveGo: 'Verlassen',
	leaveUnsent: counted({
		one: '{$n} Nachricht, die du hier geschrieben hast, ist noch nicht gesendet. Sie geht zuerst, und danach verlässt du die Gruppe.',
		other:
			'{$n} Nachrichten, die du hier geschrieben hast, sind noch nicht gesendet. Sie gehen zuerst, und danach verlässt du die Gruppe.'
	}),
	discard: 'Gruppe verwerfen …',
	discardTitle: 'Diese Gruppe verwerfen?',
	discardSaid:
		'Noch hat niemand sonst von ihr erfahren. Was du in ihr geschrieben hast, bleibt zum Kopieren auf diesem Gerät.',
	discardGo: 'Verwerfen',
	discardTried:
		'Der Server wurde gebeten, sie zu erstellen, und hat noch nicht geantwortet: Andere wissen vielleicht schon von ihr. Du kannst sie verlassen, sobald er antwortet.',
	discardLate: 'Die Gruppe ist inzwischen erstellt. Du kannst sie verlassen.',
	lastOwner: 'Die Gruppe gehört nur dir. Übergib sie jemandem, bevor du gehst.',
	barred: 'Wer entfernt wurde, kommt nur durch Leitung oder Admins zurück.',
	asking: 'Möchten beitreten',
	findMember: 'Jemanden darin suchen',
	showMore: 'Mehr anzeigen',
	membersShown: (shown, all) => (shown < all ? say`${shown} von ${people(all)}` : people(all)),
	admit: (name) => say`${name} einlassen`,
	admitShort: 'Einlassen',
	refuse: (name) => say`${name} ablehnen`,
	refuseShort: 'Ablehnen',
	linksTitle: 'Per Link einladen',
	linksSaid: 'Wer einen Link hat, kann damit beitreten, auch mit einem neuen Konto.',
	linksSaidAsking: 'Wer einen Link hat, kann um Beitritt bitten, auch mit einem neuen Konto.',
	holds: 'Er gilt für',
	holdsFor: { 1: 'eine Stunde', 24: 'einen Tag', 168: 'eine Woche', 720: '30 Tage' },
	mayUse: 'Er ist benutzbar',
	mayUseTimes: { 1: 'einmal', 10: '10-mal', 100: '100-mal', 0: 'beliebig oft' },
	makeLink: 'Link erstellen und kopieren',
	linkCopied: 'Link kopiert.',
	linksUnknown: 'Welche Links gelten, lässt sich gerade nicht abfragen. Das braucht eine Verbindung.',
	linksNone: 'Gerade gilt kein Link.',
	linksHold: 'Gültige Links',
	linksUsedUp: 'Verbrauchte Links',
	linkUntil: (when) => say`bis ${when}`,
	linkUsed: (uses, most) =>
		most !== undefined ? say`${uses} von ${most} benutzt` : uses === 0 ? 'noch nicht benutzt' : used(uses),
	revoke: 'Widerrufen',
	revoked: 'Diesen Link kann niemand mehr benutzen.'
};

export const invite: LaterText['invite'] = {
	nameless: 'Gruppe ohne Namen',
	unnamed: 'einer Gruppe',
	title: 'Einladung',
	looking: 'Es wird nachgesehen, wohin dieser Link führt …',
	toStart: 'Was Skein ist',
	to: (name) => say`Du bist zu ${name} eingeladen`,
	members: counted({ one: '{$n} Person ist darin', other: '{$n} Personen sind darin' }),
	join: 'Beitreten',
	ask: 'Beitritt anfragen',
	askAgain: (when) =>
		say`Du hast diese Gruppe schon gefragt und wurdest nicht aufgenommen. Ab ${when} kannst du wieder fragen.`,
	open: 'Gruppe öffnen',
	logIn: 'Anmelden und beitreten',
	register: 'Konto erstellen und beitreten',
	gone: 'Diese Einladung gibt es nicht, oder sie gilt nicht mehr. Bitte um eine neue.',
	noConnection: 'Der Server ist nicht erreichbar. Eine Einladung braucht eine Verbindung.'
};
