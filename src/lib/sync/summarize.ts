import { SUMMARY_UNREAD_MAX, type Summary } from './summaries';
import type { ConversationSync } from './conversationSync';
import type { Directory } from '../domain/directory';
import type { People } from './people';
import type { Person } from '../domain/people';
import type { QueuedConversation } from './newConversations';
import type { Reading } from './reading';
import type { UserId } from '../domain/ids';
import { KIND } from '../domain/entry';

export interface Summarized {
	readonly sync: ConversationSync;
	readonly self: Person;
	readonly people: People;
	readonly directory: Directory;
	/** Conversations that the server has not made yet. */
	readonly asked: readonly QueuedConversation[];
	readonly reading: Reading;
	readonly before: Summary | undefined;
}

/** Characters of the newest message that the list can show. */
const PREVIEW_MAX = 160;

/** What the list needs to know of an open conversation. */
export function summarize({ sync, self, people, directory, asked, reading, before }: Summarized): Summary {
	const names = summaryNames({ sync, self, people, directory, asked });
	const atEnd = !sync.hasLater;
	const newest = sync.items.findLast((item) => item.type === 'message');
	const last =
		newest?.type === 'message'
			? {
					author: newest.author,
					authorName: names.nameOf(newest.author),
					text: newest.text.slice(0, PREVIEW_MAX),
					at: newest.stamp.ms,
					deleted: newest.deleted
				}
			: undefined;
	const { late, fresh } = reading.unread(sync);
	const unread = [...fresh, ...late];
	const { unsent } = sync;
	return {
		kind: names.kind,
		name: names.name,
		swatch: names.swatch,
		others: names.others.map(({ id }) => id),
		last: atEnd ? last : before?.last,
		at: atEnd ? (sync.items.at(-1)?.stamp.ms ?? before?.at ?? 0) : (before?.at ?? 0),
		unread: unread.slice(0, SUMMARY_UNREAD_MAX).map(({ id }) => id),
		unreadCount: unread.length,
		lateCount: late.length,
		unsent: unsent.filter(({ kind }) => kind === KIND.message).length,
		unsentSegments: sync.leaving,
		live: sync.live,
		complete: sync.complete
	};
}

interface Named extends Pick<Summarized, 'self' | 'people' | 'directory' | 'asked'> {
	readonly sync: Pick<ConversationSync, 'id' | 'info'>;
}

/** What a conversation is called, from whatever this device knows so far. */
export function summaryNames({ sync, self, people, directory, asked }: Named) {
	const { id, info } = sync;
	const listed = directory.conversations.get(id);
	const queued = asked.find(({ command }) => command.request.id === id)?.command;
	const nameOf = (user: UserId): string =>
		info?.people.get(user)?.displayName ??
		(user === self.id ? self.displayName : people.get(user)?.displayName) ??
		'';
	const kind = info?.kind ?? listed?.kind ?? queued?.request.kind ?? 'group';
	const members = info
		? [...info.members.keys()].flatMap((user) => info.people.get(user) ?? [])
		: (queued?.people ?? []);
	const others = members.filter((member) => member.id !== self.id);
	const peer = listed?.peer ?? others[0] ?? (kind === 'direct' ? self : undefined);
	const groupName =
		info?.name ||
		queued?.request.name ||
		others.map(({ displayName }) => displayName).join(', ') ||
		self.displayName;
	const name = kind === 'direct' ? (peer?.displayName ?? '') : groupName;
	return {
		kind,
		name,
		nameOf,
		others,
		swatch: kind === 'direct' ? [name] : [name, others[0]?.displayName ?? self.displayName]
	};
}
