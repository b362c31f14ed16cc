/** The stock y-websocket provider, for the rooms of a device. */
import type * as Y from 'yjs';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';

/** A channel that the relay closes for now is tried again at most this much later. */
const BACKOFF_MAX_MS = 2_500;

export type RoomProvider = WebsocketProvider & {
	/** What is written in the room stays on this device for now, though there is a connection. */
	holdsBack(): boolean;
};

/** Makes the provider of a room, not connected yet. */
export type ProvideRoom = (room: string, doc: Y.Doc) => RoomProvider;

/** `syncUrl` is for example `wss://chat.example/sync`; the sockets are channels of the device's link. */
export function createProviders(
	syncUrl: string,
	SocketClass: typeof WebSocket,
	holds: (room: string) => boolean = () => false
): ProvideRoom {
	return (room, doc) => {
		const awareness = new Awareness(doc);
		// Presence travels on the link itself: a provider's own would be one more message a room.
		awareness.setLocalState(null);
		const provider = new WebsocketProvider(syncUrl, room, doc, {
			connect: false,
			disableBc: true,
			awareness,
			params: { ack: '1' },
			WebSocketPolyfill: SocketClass,
			maxBackoffTime: BACKOFF_MAX_MS
		});
		return Object.assign(provider, { holdsBack: () => holds(room) });
	};
}
