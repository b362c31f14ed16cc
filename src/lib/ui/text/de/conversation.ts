import type { LaterText } from '..';
import { counted, list, say } from './sentences';

export const conversation: LaterText['conversation'] = {
	unwritable: {
		deleted: () => 'Dieses Konto wurde gelöscht. Niemand würde lesen, was hier geschrieben wird.',
		blocked: (name) => say`Du hast ${name} blockiert. Um zu schreiben, hebe das zuerst auf.`
	},
	missingTitle: 'Keine solche Unterhaltung',
	missing: 'Dein Konto hat keine Unterhaltung unter dieser Adresse.',
	missingOffline:
		'Dieses Gerät kennt keine Unterhaltung unter dieser Adresse. Vielleicht kommt sie mit der nächsten Verbindung.',
	removedTitle: (name) =>
		name === '' ? 'Du bist nicht mehr in dieser Unterhaltung' : say`Du bist nicht mehr in ${name}`,
	removed: 'Hier kommt nichts Neues an, und nichts kann gesendet werden.',
	notMadeTitle: 'Diese Unterhaltung wurde nicht erstellt',
	notMade: 'Niemand sonst hat von ihr erfahren.',
	startAnew: 'Neu beginnen',
	forgottenTitle:
		'Der Server wurde auf einen älteren Stand zurückgesetzt und kennt diese Unterhaltung nicht mehr.',
	forgotten: {
		ours: 'Sie wird neu erstellt, sobald der Server erreichbar ist. Hier ist nichts verloren, und was du schreibst, wartet.',
		owners:
			'Es geht weiter, sobald jemand, dem die Gruppe gehört, Skein geöffnet hat. Bis dahin siehst du, was auf diesem Gerät ist, und was du schreibst, wartet hier.',
		leaving: 'Du verlässt sie, sobald jemand, dem die Gruppe gehört, Skein geöffnet hat.'
	},
	unreadable: counted({
		one: '{$n} Eintrag hier stammt von einer neueren Version von Skein oder ist beschädigt und kann nicht angezeigt werden.',
		other:
			'{$n} Einträge hier stammen von einer neueren Version von Skein oder sind beschädigt und können nicht angezeigt werden.'
	}),
	peopleHeading: 'Personen',
	role: { owner: 'Leitung', admin: 'Admin', member: '' },
	emptyTitle: 'Noch nichts geschrieben',
	emptySince: 'Nichts geschrieben, seit du dabei bist',
	empty: 'Die erste Nachricht ist deine.',
	emptyFor: 'Hier wurde nichts geschrieben',
	aloneTitle: 'Noch ist sonst niemand hier',
	alone: 'Lade Leute ein, oder schreib zuerst: Sie können es lesen, wenn sie kommen.',
	notHereTitle: 'Noch nicht hier',
	notHere: (name) =>
		say`Was in ${name} geschrieben wurde, kommt bei der nächsten Verbindung auf dieses Gerät.`,
	onItsWay: 'Es ist auf dem Weg zu diesem Gerät…'
};

export const unread: LaterText['unread'] = {
	toFirst: 'Zur ersten ungelesenen',
	toFirstOf: (said) => say`Zur ersten ungelesenen, ${said}`,
	newOrMore: (n) => say`${n}+ neu`
};

export const late: LaterText['late'] = {
	bar: (n) => say`${n} weiter oben angekommen`,
	from: (names) => say`von ${list(names)}`,
	place: (at, of) => say`${at} von ${of}`,
	label: 'Weiter oben angekommen',
	up: 'Vorherige',
	down: 'Nächste',
	done: 'Fertig'
};

export const conversations: LaterText['conversations'] = {
	noneTitle: 'Noch keine Unterhaltungen',
	none: 'Such eine Person und schreib die erste Nachricht.',
	notHereTitle: 'Deine Unterhaltungen sind noch nicht hier',
	notHereText: 'Sie kommen bei der nächsten Verbindung auf dieses Gerät.',
	onTheirWay: 'Sie sind auf dem Weg zu diesem Gerät…',
	chooseTitle: 'Wähle eine Unterhaltung',
	choose: 'Oder beginne eine: Das geht auch ohne Netz.',
	pin: 'Oben anheften',
	unpin: 'Loslösen',
	mute: 'Stummschalten',
	unmute: 'Stummschaltung aufheben',
	hearAll: 'Bei allen Nachrichten melden',
	hearMentions: 'Nur bei Erwähnungen melden'
};
