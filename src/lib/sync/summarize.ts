import { SUMMARY_PINS_MAX, SUMMARY_UNREAD_MAX, type Summary } from './summaries';
import type { ConversationSync } from './conversationSync';
import type { Directory } from '../domain/directory';
import type { People } from './people';
import type { Person } from '../domain/people';
import type { QueuedConversation } from './newConversations';
import type { Reading } from './reading';
import type { UserId } from '../domain/ids';
import type { TimelineItem } from '../domain/timelineItem';
import { isGone } from '../domain/people';
import { parseEntryId, type EntryId } from '../domain/entry';
import { may } from '../domain/permissions';
import { mentions } from '../domain/mentions';
import { segmentReadTo } from '../domain/readState';
import { sumOf, unsentAway, unsentIn } from './unsent';

export interface Summarized {
	readonly sync: ConversationSync;
	readonly self: Person;
	readonly people: People;
	readonly directory: Directory;
	/** Conversations that the server has not made yet. */
	readonly asked: readonly QueuedConversation[];
	/** What somebody is called who has deleted their account. */
	readonly goneName: string;
	readonly reading: Reading;
	readonly before: Summary | undefined;
}

/** Characters of the newest message that the list can show. */
const PREVIEW_MAX = 160;

/** What the list needs to know of an open conversation. */
export function summarize({ reading, before, ...named }: Summarized): Summary {
	const { sync } = named;
	const names = summaryNames(named);
	// Not the window's alone, which may be anywhere: the last segment is in memory too.
	const { holdsEnd } = sync;
	const { blocked } = named.directory;
	// What somebody writes who is blocked neither shows in the list nor lifts the conversation in it.
	const heard = (item: TimelineItem) => item.type !== 'message' || !blocked.has(item.author);
	const newest = sync.heldItems.findLast((item) => item.type === 'message' && heard(item));
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
	const { fresh, late, known } = reading.unreadHere(sync, before?.late ?? []);
	const unread = [...fresh, ...late];
	const counts = unsentIn(sync, before);
	return {
		kind: names.kind,
		name: names.name,
		swatch: names.swatch,
		others: names.others.map(({ id }) => id),
		picture: names.picture,
		last: holdsEnd ? last : before?.last,
		at: holdsEnd ? (sync.heldItems.findLast(heard)?.stamp.ms ?? before?.at ?? 0) : (before?.at ?? 0),
		unread: unread.slice(0, SUMMARY_UNREAD_MAX),
		unreadCount: unread.length,
		mentions: countMentions(named, new Set(unread)),
		unreadGoesOn: !sync.holdsFrom(segmentReadTo(reading.state(sync.id), sync.joinedIn)),
		lateCount: late.length,
		late: known.slice(0, SUMMARY_UNREAD_MAX),
		asking: askingOf(named),
		pins: pinsHere(sync, before?.pins ?? []),
		unsent: sumOf(counts.unsentIn),
		unsentSegments: [...new Set([...unsentAway(sync, before), ...sync.leaving])],
		...counts,
		live: sync.live,
		complete: sync.complete,
		made: sync.told !== undefined,
		...(isLeft(named, before) ? { left: true } : {})
	};
}

/** How many wait for an answer that the user may give. */
function askingOf({ sync: { info }, self }: Pick<Summarized, 'sync' | 'self'>): number {
	const own = info?.members.get(self.id);
	return info && own && may(own, 'admit', info) ? info.asking.size : 0;
}

/** One that is opened once more when it is listed no longer, and was not known, was left before. */
const isLeft = (
	{ sync, directory }: Pick<Summarized, 'sync' | 'directory'>,
	before: Summary | undefined
): boolean =>
	!directory.conversations.has(sync.id) && (before ? before.left === true : sync.told !== undefined);

/** How many of these messages name the user, among those that are in memory. */
function countMentions(
	{ sync, self }: Pick<Summarized, 'sync' | 'self'>,
	unread: ReadonlySet<EntryId>
): number {
	if (unread.size === 0) return 0;
	const names = sync.info?.people.get(self.id) ?? self;
	return sync.heldItems.filter(
		(item) => item.type === 'message' && unread.has(item.id) && mentions(item.text, names)
	).length;
}

/** The pinned messages of all that is in memory, and of segments that no longer are, of what is known from before. */
function pinsHere(
	sync: Pick<ConversationSync, 'heldItems' | 'holds'>,
	before: readonly EntryId[]
): readonly EntryId[] {
	const away = before.filter((id) => !sync.holds(parseEntryId(id)?.segment ?? -1));
	const here = sync.heldItems.filter((item) => item.type === 'message' && item.pinned).map(({ id }) => id);
	return [...away, ...here].slice(-SUMMARY_PINS_MAX);
}

interface Named extends Pick<Summarized, 'self' | 'people' | 'directory' | 'asked' | 'goneName'> {
	readonly sync: Pick<ConversationSync, 'id' | 'info'>;
}

/** What a conversation is called, from whatever this device knows so far. */
export function summaryNames({ sync, self, people, directory, asked, goneName }: Named) {
	const { id, info } = sync;
	const listed = directory.conversations.get(id);
	const queued = asked.find(({ command }) => command.request.id === id)?.command;
	const named = (person: Person): Person => (isGone(person) ? { ...person, displayName: goneName } : person);
	const personOf = (user: UserId): Person | undefined => {
		const person = info?.people.get(user) ?? (user === self.id ? self : people.get(user));
		return person && named(person);
	};
	const nameOf = (user: UserId): string => personOf(user)?.displayName ?? '';
	const pictureOf = (user: UserId): string | undefined => personOf(user)?.picture;
	const kind = info?.kind ?? listed?.kind ?? queued?.request.kind ?? 'group';
	const members = info
		? [...info.members.keys()].flatMap((user) => info.people.get(user) ?? [])
		: (queued?.people ?? []);
	const others = members.filter((member) => member.id !== self.id).map(named);
	const peer =
		(listed?.peer && named(listed.peer)) ??
		others[0] ??
		(kind === 'direct' && (info ?? queued) ? self : undefined);
	const groupName =
		info?.name ||
		queued?.request.name ||
		others.map(({ displayName }) => displayName).join(', ') ||
		((info ?? queued) ? self.displayName : '');
	const name = kind === 'direct' ? (peer?.displayName ?? '') : groupName;
	return {
		kind,
		name,
		nameOf,
		pictureOf,
		others,
		picture: kind === 'direct' ? peer?.picture : info?.picture,
		swatch: kind === 'direct' ? [name] : [name, others[0]?.displayName ?? self.displayName]
	};
}
