import { accountsHere, forgetAccount, setLogoutPending, wipeDone } from './account';
import { createConversationModel } from './conversationModel';
import { createSubscriber } from 'svelte/reactivity';
import { namesOf } from './conversationNames';
import type { AppModel, ConversationListItem } from './models';
import type { ConversationId } from '../domain/ids';
import type { Device } from '../sync/device';

/** The whole app as the screens see it, over a device that is open. */
export function createApp(device: Device, { stopListening }: { stopListening: () => void }): AppModel {
	const subscribe = createSubscriber((update) => device.onChange(update));
	const names = new Intl.ListFormat(undefined, { type: 'unit', style: 'short' });
	let askedToPersist = false;

	function listItem(id: ConversationId): ConversationListItem {
		const { kind, name, swatch, pending, nameOf } = namesOf(device, id, names);
		const sync = device.conversations.get(id);
		const last = sync?.items.findLast((item) => item.type === 'message');
		return {
			id,
			kind,
			name,
			swatch,
			last: last?.type === 'message' ? { author: last.author, authorName: nameOf(last.author), text: last.text, at: last.stamp.ms } : undefined,
			unsent: sync?.unsent.length ?? 0,
			draft: device.drafts.get(id),
			pending,
			loaded: sync?.loaded === true && (pending || sync.complete)
		};
	}

	function conversations(): ConversationListItem[] {
		const refused = new Set(device.outbox.commands.flatMap(({ refusal, command }) => (refusal ? [command.request.id] : [])));
		const queued = device.outbox.commands.map(({ command }) => command.request.id).filter((id) => !refused.has(id));
		const ids = new Set([...device.directory.conversations.keys(), ...queued]);
		const newest = (id: ConversationId) => device.conversations.get(id)?.items.at(-1)?.stamp.ms ?? Number.MAX_SAFE_INTEGER;
		return [...ids].sort((a, b) => newest(b) - newest(a) || (a < b ? -1 : 1)).map(listItem);
	}

	async function stop(): Promise<void> {
		stopListening();
		await device.close();
	}

	return {
		get self() {
			subscribe();
			const told = device.directory.self;
			return told ? { id: device.self.id, ...told } : device.self;
		},
		sync: {
			get state() {
				subscribe();
				return device.syncState;
			},
			get conversationsLeft() {
				subscribe();
				return device.conversationsLeft;
			},
			get unsent() {
				subscribe();
				return device.unsent;
			},
			get signedOut() {
				subscribe();
				return device.link.signedOut;
			},
			get storageProblem() {
				subscribe();
				return device.storageProblem;
			},
			get lastSyncedAt() {
				subscribe();
				return device.lastSyncedAt;
			},
			tryNow: () => device.connect()
		},
		get conversations() {
			subscribe();
			return conversations();
		},
		get problems() {
			subscribe();
			return device.outbox.commands.flatMap(({ id, refusal }) =>
				refusal ? [{ id, message: refusal.message, dismiss: () => void device.outbox.dismiss(id) }] : []
			);
		},
		openConversation: (id) =>
			createConversationModel(device, id, {
				names,
				onWritten: () => {
					if (askedToPersist) return;
					askedToPersist = true;
					// Asked once there is something to keep; the browser may say no, and the storage screen tells.
					void navigator.storage?.persist?.();
				}
			}),
		findPeople: (query) => device.people.find(query, { online: device.link.status === 'online' }),
		startConversation: (start) => device.startConversation(start),
		async logOut() {
			const only = accountsHere().every((id) => id === device.self.id);
			forgetAccount(device.self.id);
			await stop();
			const answer = await device.api.logout({ wipe: only });
			if (!answer.ok && answer.status === 0) setLogoutPending();
			await device.wipe();
			wipeDone(device.self.id);
		},
		stop
	};
}
