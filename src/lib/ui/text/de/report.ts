import type { LaterText } from '..';
import { say } from './sentences';

export const report: LaterText['report'] = {
	act: 'Melden…',
	messageTitle: (name) => say`Diese Nachricht von ${name} melden?`,
	personTitle: (name) => say`${name} melden?`,
	said: (name) =>
		say`Es geht an die Verwaltung dieses Servers. ${name} erfährt nichts davon, und sonst auch niemand hier.`,
	reason: 'Was stimmt damit nicht?',
	reasonOfPerson: 'Was ist los?',
	reasons: {
		spam: 'Spam oder Betrug',
		harassment: 'Beleidigung oder Belästigung',
		violence: 'Drohung oder Gewalt',
		illegal: 'Verstoß gegen das Gesetz',
		other: 'Etwas anderes'
	},
	reasonMissing: 'Wähle aus, worum es geht.',
	words: 'Was die Verwaltung wissen sollte (kann leer bleiben)',
	shown: 'Diese Nachrichten werden mitgeschickt, mit ihren Verfassern:',
	isReported: 'gemeldet',
	send: 'Meldung senden',
	leaves: 'Die Meldung ist auf dem Weg zur Verwaltung.',
	waits: 'Die Meldung wartet hier und geht bei der nächsten Verbindung an die Verwaltung.',
	failed: 'Die Meldung konnte auf diesem Gerät nicht gespeichert werden. Versuch es noch einmal.'
};
