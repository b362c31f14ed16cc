import { CLOSE } from '../protocol/closeCodes';
import { refusedMaking } from './commandRows';
import type { ConversationModel } from './models';
import type { HeldConversation } from './heldConversation';

type Facts = Pick<
	ConversationModel,
	| 'status'
	| 'kind'
	| 'name'
	| 'swatch'
	| 'picture'
	| 'members'
	| 'ownName'
	| 'description'
	| 'joining'
	| 'history'
	| 'asking'
	| 'gone'
	| 'pending'
	| 'tried'
	| 'forgotten'
	| 'writing'
	| 'complete'
	| 'unreadable'
	| 'refusedMaking'
>;

/** What is true of a conversation as a whole. */
export function conversationFacts(held: HeldConversation): Facts {
	const { device, id, subscribe } = held;
	return {
		get status() {
			subscribe();
			const { sync, names } = held;
			if (sync?.givenUp || names.refused) return 'notMade';
			if (sync?.refusal?.code === CLOSE.forbidden) return 'removed';
			if (names.known) return sync?.loaded ? 'open' : 'opening';
			const kept = device.salvaged.of(id);
			if (kept.some(({ reason }) => reason === 'notMade' || reason === 'discarded')) return 'notMade';
			if (sync || kept.length > 0) return 'removed';
			return device.directoryKnown ? 'missing' : 'opening';
		},
		get kind() {
			subscribe();
			return held.names.kind;
		},
		get name() {
			subscribe();
			const told = device.summaries.get(id)?.name ?? device.salvaged.of(id)[0]?.conversationName ?? '';
			return held.names.name || told;
		},
		get swatch() {
			subscribe();
			return held.names.swatch;
		},
		get picture() {
			subscribe();
			return held.names.picture;
		},
		get members() {
			subscribe();
			return held.names.members;
		},
		get ownName() {
			subscribe();
			return held.sync?.info?.name ?? '';
		},
		get description() {
			subscribe();
			return held.sync?.info?.description ?? '';
		},
		get joining() {
			subscribe();
			return held.sync?.info?.joining ?? 'open';
		},
		get history() {
			subscribe();
			return held.sync?.info?.history ?? 'start';
		},
		get asking() {
			subscribe();
			return [...(held.sync?.info?.asking.values() ?? [])];
		},
		get gone() {
			subscribe();
			return held.sync?.info?.gone ?? new Map();
		},
		get pending() {
			subscribe();
			return held.names.pending;
		},
		get tried() {
			subscribe();
			return device.isTried(id);
		},
		get forgotten() {
			subscribe();
			if (!device.forgotten.has(id)) return undefined;
			const { kind, members } = held.names;
			const owns = members.some((member) => member.id === device.self.id && member.role === 'owner');
			return kind === 'direct' || owns ? 'ours' : 'owners';
		},
		get writing() {
			subscribe();
			const { blocked } = device.directory;
			const heard = device.presence.writingIn(id).filter((user) => !blocked.has(user));
			return heard.map(held.names.nameOf);
		},
		get complete() {
			subscribe();
			return held.names.pending || held.sync?.complete === true;
		},
		get refusedMaking() {
			subscribe();
			return refusedMaking(device, id);
		},
		get unreadable() {
			subscribe();
			return held.sync?.unreadable ?? 0;
		}
	};
}
