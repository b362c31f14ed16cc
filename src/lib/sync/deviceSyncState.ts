/** How far this device is in step with the relay, in one word, and when it last was. */
import type { CatchUp } from './catchUp';
import type { ChangesFeed } from './changesFeed';
import type { DirectorySync } from './directorySync';
import type { Home } from './home';
import type { Leaving } from './leaving';
import type { Link } from './link';
import type { OpenConversations } from './openConversations';
import type { Unsent } from './unsent';

export type DeviceSyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';

export interface DeviceSyncStateOptions {
	readonly link: Link;
	readonly directory: DirectorySync;
	readonly home: Home;
	readonly open: OpenConversations;
	readonly feed: Pick<ChangesFeed, 'isTold'>;
	readonly catchUp: CatchUp;
	readonly leaving: Pick<Leaving, 'isAsking'>;
	readonly unsent: Unsent;
	/** Wall clock in milliseconds. */
	readonly now: () => number;
	/** As an earlier page load kept it; undefined if there was none. */
	readonly lastSyncedAt: number | undefined;
	/** It has just become synced. */
	readonly onSynced: () => void;
}

export function createDeviceSyncState(options: DeviceSyncStateOptions) {
	const { link, directory, home, open, feed, catchUp, leaving, unsent } = options;
	let { lastSyncedAt } = options;
	let wasSynced = false;

	function read(): DeviceSyncState {
		if (link.status === 'connecting') return 'connecting';
		if (link.status !== 'online') return 'offline';
		const own = directory.room.status.at === 'synced' && home.isTold;
		// Asked with each change of any conversation: what looks at all of them is asked last.
		const caughtUp = own && feed.isTold && !leaving.isAsking() && catchUp.left === 0;
		return caughtUp && areOpenHere() && !isLeaving() ? 'synced' : 'catching-up';
	}

	function areOpenHere(): boolean {
		const { conversations } = directory.current;
		const listed = open.values().filter(({ id }) => conversations.has(id));
		return listed.every(({ synced, refusal }) => synced || refusal);
	}

	/** Something waits only for the network: not what was refused. */
	const isLeaving = (): boolean =>
		[...directory.current.conversations.keys()].some(
			(id) => unsent.countIn(id) + unsent.countIn(id, 'changesIn') > 0
		);

	return {
		get current(): DeviceSyncState {
			return read();
		},
		/** When it last became synced, in milliseconds since 1970. */
		get lastSyncedAt(): number | undefined {
			return lastSyncedAt;
		},
		/** Call after anything that it is made from has changed. */
		note(): void {
			const synced = read() === 'synced';
			if (synced && !wasSynced) {
				lastSyncedAt = options.now();
				options.onSynced();
			}
			wasSynced = synced;
		}
	};
}
