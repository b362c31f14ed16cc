import type { LaterText } from '..';
import { list, say } from './sentences';

export const conversation: LaterText['conversation'] = {
	unwritable: {
		deleted: () => 'Dieses Konto wurde gelöscht. Niemand würde lesen, was hier geschrieben wird.',
		blocked: (name) => say`Du hast ${name} blockiert. Um zu schreiben, hebe das zuerst auf.`
	},
	emptyTitle: 'Noch nichts geschrieben',
	empty: 'Die erste Nachricht ist deine.',
	aloneTitle: 'Noch ist sonst niemand hier',
	alone: 'Lade Leute ein, oder schreib zuerst: Sie können es lesen, wenn sie kommen.',
	notHereTitle: 'Noch nicht hier',
	notHere: (name) =>
		say`Was in ${name} geschrieben wurde, kommt bei der nächsten Verbindung auf dieses Gerät.`,
	onItsWay: 'Es ist auf dem Weg zu diesem Gerät…'
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
