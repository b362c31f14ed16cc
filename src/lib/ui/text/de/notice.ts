import type { LaterText } from '..';
import { messages, say } from './sentences';

export const notice: LaterText['notice'] = {
	storageUnavailable:
		'Dieser Browser lässt Skein nichts speichern. Was du schreibst, ist verloren, wenn diese Seite geschlossen wird.',
	storageFull:
		'Dieses Gerät ist voll. Was du jetzt schreibst, bleibt vielleicht nicht erhalten: Mach etwas Platz.',
	storageBlocked:
		'Ein anderer Tab mit einem älteren Skein hält den Speicher dieses Browsers fest. Schließ ihn, sonst ist verloren, was du hier schreibst, wenn diese Seite geschlossen wird.',
	copyLost: (n) =>
		say`Dieser Browser hat seine Kopie deiner Unterhaltungen verloren. Sie kommen vom Server zurück, bis auf ${messages(n)}, die noch nicht gesendet waren.`,
	plainHttp: 'Diese Adresse ist nicht sicher (nur http), deshalb geht hier nichts offline.',
	updateReady: 'Eine neue Version von Skein ist da.',
	update: 'Aktualisieren',
	updateLater: 'Später, beim nächsten Start'
};
