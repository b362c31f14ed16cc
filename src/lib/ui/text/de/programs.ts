import type { LaterText } from '..';
import { list, say } from './sentences';

export const programs: LaterText['programs'] = {
	once: 'Das wird nur dieses eine Mal gezeigt. Kopiere es jetzt.',
	copy: 'Kopieren',
	copied: 'Kopiert',
	name: 'Name',
	nameMissing: 'Gib einen Namen ein, damit du es wiedererkennst.',

	tokens: {
		heading: 'Programme',
		why: 'Mit einem Token handelt ein Programm als du, soweit du es erlaubst.',
		none: 'Kein Programm hat ein Token.',
		list: 'Tokens',
		mayDo: 'Es darf',
		scopes: {
			'messages:read': 'Nachrichten lesen',
			'messages:send': 'Nachrichten senden',
			'messages:delete': 'Nachrichten löschen',
			'conversations:read': 'Unterhaltungen sehen',
			'conversations:write': 'Unterhaltungen beginnen und ändern',
			'people:read': 'Personen suchen',
			'profile:read': 'dein Profil sehen',
			'profile:write': 'dein Profil ändern',
			sync: 'eins deiner Geräte sein'
		},
		may: (what) => list(what),
		scopesMissing: 'Erlaube ihm etwas.',
		holds: 'Es gilt für',
		holdsFor: { 7: 'eine Woche', 30: '30 Tage', 90: '90 Tage', 366: 'ein Jahr' },
		make: 'Token erstellen',
		until: (when) => say`bis ${when}`,
		seen: (when) => say`zuletzt benutzt ${when}`,
		unused: 'nie benutzt',
		revoke: 'Widerrufen',
		revokeOf: (name) => say`${name} widerrufen`,
		copyOf: 'Token'
	},

	webhooks: {
		open: 'Webhooks…',
		title: 'Webhooks',
		said: 'Damit schreiben andere Programme hier oder erfahren von jeder Nachricht. Alle hier können sehen, dass es sie gibt.',
		kind: 'Was er tut',
		kinds: { in: 'Nimmt Nachrichten an', out: 'Erfährt ab jetzt von jeder Nachricht' },
		url: 'Adresse, die aufgerufen wird',
		urlMissing: 'Gib die Adresse ein, beginnend mit https://.',
		make: 'Webhook erstellen',
		list: 'Webhooks',
		none: 'Es gibt keine.',
		unknown: 'Ohne Verbindung lässt sich das nicht sagen.',
		takes: 'schreibt als',
		calls: (host) => say`ruft ${host} auf, für`,
		failing: (since, status) => say`schlägt fehl seit ${since}: ${status}`,
		stopped: 'angehalten',
		delete: 'Löschen',
		deleteOf: (name) => say`${name} löschen`,
		address: 'Adresse zum Schreiben',
		secret: 'Geheimnis, mit dem Aufrufe signiert sind'
	}
};
