import { accountsHere, forgetAccount, setLogoutPending, wipeDone } from './account';
import { createServerModels } from './serverModels';
import { forgetBegunForms } from './begunForm';
import { commandProblems, queuedRows } from './commandRows';
import { createConversationModel } from './conversationModel';
import { createKeptItems, createMadeItems } from './keptItems';
import { follow } from './following';
import { namesOf } from './conversationNames';
import { ownPerson } from './ownPerson';
import { PRESENCE_OFF } from '../sync/presence';
import { RECEIPTS_OFF } from '../sync/reading';
import { pictureUrls } from './pictureUrls';
import { salvagedRows } from './salvagedRows';
import { unwritable } from './unwritable';
import type { AppModel } from './models';
import type { ConversationListItem } from './conversationListItem';
import type { ConversationId } from '../domain/ids';
import type { Device } from '../sync/device';
import type { Summary } from '../sync/summaries';

interface AppOptions {
	/** Messages that had not been sent when the browser lost its copy. */
	readonly lost: number;
	readonly stopListening: () => void;
}

/** The whole app as the screens see it, over a device that is open. */
export function createApp(device: Device, { lost, stopListening }: AppOptions): AppModel {
	const following = follow(device);
	const { subscribe } = following;
	const kept = createKeptItems<ConversationListItem>();
	const made = createMadeItems<ConversationListItem>();
	const pictures = pictureUrls(device.pictures);
	const servers = createServerModels(device);
	let askedToPersist = false;

	const pinKey = (id: ConversationId) => `pin/${id}`;
	const muteKey = (id: ConversationId) => `mute/${id}`;
	const mentionsKey = (id: ConversationId) => `mentions/${id}`;

	/** What was typed there and not sent: the draft, and an edit that is not saved. No other device ever has an edit. */
	function begunIn(id: ConversationId) {
		const edit = device.edits.get(id);
		const changed = edit && edit.text.trim() !== edit.was.trim() ? edit.text : '';
		const draft = device.drafts.preview(id);
		const lines = (...texts: string[]) => texts.filter((text) => text.trim() !== '').join('\n');
		return {
			draft: lines(draft, changed),
			draftHere: lines(device.drafts.isOnlyHere(id) ? draft : '', changed)
		};
	}

	function listItem(id: ConversationId): ConversationListItem {
		const summary = device.summaries.get(id);
		const state = {
			unsent: device.unsentIn(id),
			...begunIn(id),
			pinned: device.home.isOn(pinKey(id)),
			muted: device.home.isOn(muteKey(id)),
			mentionsOnly: device.home.isOn(mentionsKey(id)),
			pending: device.isPending(id)
		};
		const make = () => ({ id, ...state, ...said(id, summary, state.pending) });
		// Without a name of its own it is called by what is known of people.
		return summary?.name ? made(id, [summary, ...Object.values(state)], make) : make();
	}

	function said(id: ConversationId, summary: Summary | undefined, pending: boolean) {
		const { kind, name, swatch, picture } = summary?.name ? summary : namesOf(device, id);
		return {
			kind,
			name,
			swatch,
			picture,
			last: summary?.last,
			unread: summary?.unreadCount ?? 0,
			unreadGoesOn: summary?.unreadGoesOn ?? false,
			mentions: summary?.mentions ?? 0,
			late: summary?.lateCount ?? 0,
			asking: summary?.asking ?? 0,
			loaded: summary !== undefined && (pending || device.isRefused(id) || summary.complete)
		};
	}

	const conversations = following.typed.once((): readonly ConversationListItem[] => {
		const queued = device.asked.map(({ command }) => command.request.id);
		const ids = new Set([...device.directory.conversations.keys(), ...queued, ...device.forgotten.all]);
		const newest = (id: ConversationId) => device.summaries.get(id)?.at || Number.MAX_SAFE_INTEGER;
		return kept([...ids].sort((a, b) => newest(b) - newest(a) || (a < b ? -1 : 1)).map(listItem));
	});

	let logsOut = false;

	async function stop(): Promise<void> {
		stopListening();
		forgetBegunForms();
		following.close();
		pictures.close();
		await device.close();
	}

	return {
		get self() {
			subscribe();
			return ownPerson(device);
		},
		...servers,
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
			get changes() {
				subscribe();
				return device.unsentChanges();
			},
			get signedOut() {
				subscribe();
				return device.session === 'ended';
			},
			get storageProblem() {
				subscribe();
				return device.storageProblem;
			},
			get keptHere() {
				subscribe();
				return device.home.keptHere;
			},
			get lastSyncedAt() {
				subscribe();
				return device.lastSyncedAt;
			},
			lost,
			tryNow: () => device.connect()
		},
		now: () => device.clock.correctedNow(),
		get conversations() {
			following.typed.subscribe();
			return conversations();
		},
		get asked() {
			subscribe();
			return [...device.directory.asked].map(([id, group]) => ({ id, ...group }));
		},
		get problems() {
			subscribe();
			return commandProblems(device);
		},
		get queued() {
			subscribe();
			return queuedRows(device);
		},
		command: (command) => device.outbox.add(command),
		read(rows) {
			subscribe();
			return rows(device);
		},
		get salvaged() {
			subscribe();
			return salvagedRows(device, device.salvaged.all);
		},
		unwritable(id) {
			subscribe();
			return unwritable(device.directory, id);
		},
		get receipts() {
			subscribe();
			return !device.home.isOn(RECEIPTS_OFF);
		},
		set receipts(on) {
			device.home.set(RECEIPTS_OFF, on ? null : true);
		},
		get showsPresence() {
			subscribe();
			return !device.home.isOn(PRESENCE_OFF);
		},
		set showsPresence(on) {
			device.home.set(PRESENCE_OFF, on ? null : true);
		},
		pictureUrl: pictures.of,
		presenceOf(user) {
			subscribe();
			return device.presence.of(user);
		},
		setPinned: (id, on) => device.home.set(pinKey(id), on ? true : null),
		setMuted: (id, on) => device.home.set(muteKey(id), on ? true : null),
		setMentionsOnly: (id, on) => device.home.set(mentionsKey(id), on ? true : null),
		async forward({ text, authorName }, to) {
			const { sync, release } = device.conversations.use(to);
			try {
				await sync.whenLoaded;
				sync.send({ text, forwardedFrom: authorName });
				await sync.stored();
			} finally {
				release();
			}
		},
		openConversation: (id) =>
			createConversationModel(device, id, {
				onWritten: () => {
					if (askedToPersist) return;
					askedToPersist = true;
					// Asked once there is something to keep; the browser may say no, and the storage screen tells.
					void navigator.storage?.persist?.();
				}
			}),
		findPeople: (query, cursor) =>
			device.people.find(query, { online: device.link.status === 'online', cursor }),
		startConversation: (start) => device.startConversation(start),
		stored: () => device.stored(),
		begunInOtherTabs: async () => (await import('./begunRows')).begunRows(device),
		get deleted() {
			subscribe();
			return device.session === 'deleted' && !servers.account.deleting;
		},
		async erase(onLeft) {
			forgetAccount(device.self.id);
			await stop();
			await device.wipe(onLeft);
			wipeDone(device.self.id);
		},
		get logsOut() {
			return logsOut;
		},
		async logOut() {
			logsOut = true;
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
