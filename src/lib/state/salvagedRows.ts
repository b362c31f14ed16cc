import { salvagedKey, type SalvagedText } from '../sync/salvagedTexts';
import type { Device } from '../sync/device';
import type { SalvagedRow } from './onlyHereRows';

/** Texts that can never leave, as the screens see them. */
export const salvagedRows = (device: Device, texts: readonly SalvagedText[]): SalvagedRow[] =>
	texts.map((text) => ({
		id: salvagedKey(text),
		conversation: text.conversation,
		conversationName: text.conversationName,
		text: text.text,
		isEdit: text.isEdit,
		at: text.at,
		replyTo: text.replyTo,
		reason: text.reason,
		discard: () => {
			device.salvaged.discard(text).catch(device.noteStorageProblem);
			return () => void device.salvaged.keep([text]).catch(device.noteStorageProblem);
		}
	}));
