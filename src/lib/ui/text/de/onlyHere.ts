import type { LaterText } from '..';
import { counted, say } from './sentences';

export const onlyHere: LaterText['onlyHere'] = {
	title: 'Nur auf diesem Gerät',
	said: counted({
		one: '{$n} Nachricht wartet hier. Sie geht bei der nächsten Verbindung von selbst.',
		other: '{$n} Nachrichten warten hier. Sie gehen bei der nächsten Verbindung von selbst.'
	}),
	saidSignedOut: counted({
		one: '{$n} Nachricht wartet hier. Sie geht, sobald du dich wieder angemeldet hast.',
		other: '{$n} Nachrichten warten hier. Sie gehen, sobald du dich wieder angemeldet hast.'
	}),
	drafts: 'Entwürfe nur auf diesem Gerät',
	draftsSaid: counted({
		one: '{$n} Entwurf, den kein anderes Gerät hat.',
		other: '{$n} Entwürfe, die kein anderes Gerät hat.'
	}),
	list: 'Nachrichten nur auf diesem Gerät',
	none: 'Hier wartet nichts',
	noneSaid: 'Alles, was du geschrieben hast, hat dieses Gerät verlassen.',
	look: 'Noch einmal ansehen',
	written: (when) => say`Geschrieben ${when}`,
	behind: (command) => say`Geht ab, sobald das erledigt ist: ${command}`,
	edit: 'Bearbeiten',
	cancel: 'Senden abbrechen',
	drop: 'Änderung verwerfen',
	dropped: 'Änderung verworfen'
};

export const salvaged: LaterText['salvaged'] = {
	title: 'Nicht gesendet',
	said: counted({
		one: '{$n} Nachricht kann nicht mehr gesendet werden. Sie bleibt hier, bis du sie verwirfst.',
		other: '{$n} Nachrichten können nicht mehr gesendet werden. Sie bleiben hier, bis du sie verwirfst.'
	}),
	list: 'Nachrichten, die nicht mehr gesendet werden können',
	isEdit: 'Eine Änderung an einer Nachricht',
	why: {
		removed: 'Du warst nicht mehr in dieser Unterhaltung.',
		notMade: 'Die Unterhaltung konnte nicht erstellt werden.',
		discarded: 'Du hast die Gruppe verworfen, bevor sie erstellt war.',
		noSpace:
			'Deine Nachrichten füllen deinen ganzen Platz auf dem Server. Lösche einige, um mehr zu schreiben.',
		refused: 'Der Server nimmt das nicht an.',
		deleted: 'Die Nachricht wurde gelöscht, bevor deine Änderung ankam.'
	},
	kept: 'Was du geschrieben hast, bleibt hier, damit du es kopieren kannst.',
	discard: 'Verwerfen',
	discarded: 'Verworfen',
	undo: 'Rückgängig'
};

export const keptHere: LaterText['keptHere'] = {
	noSpace:
		'Deine Entwürfe, deine Einstellungen und was du gelesen hast bleiben auf diesem Gerät: Deine Nachrichten füllen deinen ganzen Platz auf dem Server. Lösche einige, dann gehen sie von selbst weiter.',
	refused:
		'Deine Entwürfe, deine Einstellungen und was du gelesen hast bleiben auf diesem Gerät: Der Server nimmt sie gerade nicht an. Er wird wieder gefragt.'
};
