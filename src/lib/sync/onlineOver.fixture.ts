import { createProviders } from './roomProvider';
import type { RoomOptions } from './roomSync';

/** A socket whose relay never answers. */
class Silent {
	close() {}
}

/** For rooms of a device that has a connection, over sockets of the test's own. */
export function onlineOver(SocketClass = Silent as unknown as typeof WebSocket): RoomOptions['whenOnline'] {
	const provide = createProviders('ws://relay.test/sync', SocketClass);
	return (start) => (start(provide), () => {});
}
