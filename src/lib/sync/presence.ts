/**
 * Who is there and who is writing, as the relay tells on the link; and what this device tells of its own person. Held
 * in memory for as long as the link lasts: without a connection nothing is known of anyone.
 */
import { createEmitter } from './emitter';
import { WRITING_HOLDS_MS } from '../domain/limits';
import type { ConversationId, UserId } from '../domain/ids';
import type { Link } from './link';
import type { PresenceState } from '../protocol/presenceWords';
import type { Timers } from './ports';

export interface PresenceOptions {
	readonly link: Pick<Link, 'status' | 'onChange' | 'onPresence' | 'sendPresence'>;
	readonly now: () => number;
	readonly timers: Timers;
	/** The person would have nothing said of them. */
	readonly isHidden: () => boolean;
}

/** The fact of home by which a person would have nothing said of them. */
export const PRESENCE_OFF = 'setting/presence-off';

/** While somebody goes on writing, it is said again before the relay lets it lapse. */
const SAY_AGAIN_MS = WRITING_HOLDS_MS / 2;
/** After so long without a key nobody is writing any more. */
const WRITING_PAUSE_MS = 4_000;

/** Says nothing of this device's person before `be` is called: a bot has no presence. */
export function createPresence({ link, now, timers, isHidden }: PresenceOptions) {
	const changed = createEmitter();
	const people = new Map<UserId, PresenceState>();
	const writing = new Map<ConversationId, readonly UserId[]>();
	let own: PresenceState = 'gone';
	let writingIn: ConversationId | undefined;
	let told: string | undefined;
	let saidAt = 0;
	let stopPause = () => {};

	/** Says how things stand, unless that was said. */
	function say(): void {
		if (link.status !== 'online') return;
		const report = isHidden()
			? { presence: 'gone' as const, writingIn: undefined }
			: { presence: own, writingIn: own === 'gone' ? undefined : writingIn };
		const word = `${report.presence} ${report.writingIn ?? ''}`;
		const lapses = report.writingIn !== undefined && now() - saidAt >= SAY_AGAIN_MS;
		// A relay takes a device that has said nothing for gone.
		if (word === (told ?? 'gone ') && !lapses) return;
		told = word;
		saidAt = now();
		link.sendPresence(report);
	}

	function setWriting(id: ConversationId | undefined): void {
		stopPause();
		writingIn = id;
		if (id !== undefined) stopPause = timers.after(WRITING_PAUSE_MS, () => setWriting(undefined));
		say();
	}

	const stopStatus = link.onChange(() => {
		if (link.status === 'online') return say();
		told = undefined;
		if (people.size === 0 && writing.size === 0) return;
		people.clear();
		writing.clear();
		changed.emit();
	});
	const stopNews = link.onPresence((news) => {
		for (const [user, state] of news.people) {
			if (state === 'gone') people.delete(user);
			else people.set(user, state);
		}
		for (const [conversation, users] of news.writing) {
			if (users.length === 0) writing.delete(conversation);
			else writing.set(conversation, users);
		}
		changed.emit();
	});

	return {
		onChange: changed.on,
		/** How another person was last seen; undefined without a connection, when nobody can know. */
		of: (user: UserId): PresenceState | undefined =>
			link.status === 'online' ? (people.get(user) ?? 'gone') : undefined,
		/** Others who are writing in the conversation now. */
		writingIn: (id: ConversationId): readonly UserId[] => writing.get(id) ?? [],
		/** How this device's person is. */
		be(state: PresenceState): void {
			own = state;
			say();
		},
		/** A key was pressed in the conversation's composer. */
		noteWriting: (id: ConversationId): void => setWriting(id),
		/** What was written is sent or put away. */
		noteWritten: (): void => setWriting(undefined),
		/** What the person wants said of them may have changed. */
		say,
		close(): void {
			stopStatus();
			stopNews();
			stopPause();
		}
	};
}
