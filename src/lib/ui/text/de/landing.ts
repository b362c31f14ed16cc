import type { Text } from '..';

export const landing: Text['landing'] = {
	title: 'Ein Chat, der kein Netz braucht',
	lines: ['Jetzt schreiben.', 'Unterwegs,', 'sobald es geht.'],
	lead: 'Skein ist ein Chat, der auf deinem Gerät lebt. Er öffnet, liest und schreibt ohne Netz, und deine Geräte und Leute holen auf, sobald es eins gibt.',
	facts: [
		{
			title: 'Nichts wartet auf das Netz',
			said: 'Was du liest und schreibst, ist auf diesem Gerät. Offline ist ein Wort am Rand, keine Fehlerseite.'
		},
		{
			title: '„Gesendet“ heißt: auf der Festplatte',
			said: 'Ein Stich füllt sich, wenn der Server deine Worte aufgeschrieben hat, nicht schon beim Absenden.'
		},
		{
			title: 'Spätes wird gezeigt, nicht versteckt',
			said: 'Nachrichten, die in früherem Verlauf ankommen, sind markiert, gezählt und einen Schritt entfernt.'
		}
	],
	installed:
		'Einmal geöffnet, startet es auch ohne Netz. Leg es auf den Startbildschirm, und es ist eine App.',
	free: 'Freie Software. Deine Worte bleiben deine.'
};
