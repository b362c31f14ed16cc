import { describe, expect, it } from 'vitest';
import { ManualTimers } from './manualTimers.fixture';
import { Presence } from './presence';
import { TELLING_MS } from './limits';
import { WRITING_HOLDS_MS } from '../src/lib/domain/limits';
import type { PresenceNews } from '../src/lib/protocol/presenceWords';

const GATHER_MS = 100;
const ALICE = 'alice';
const BOB = 'bob';
const EVE = 'eve';

const here = { presence: 'here', writingIn: undefined } as const;
const away = { presence: 'away', writingIn: undefined } as const;
const gone = { presence: 'gone', writingIn: undefined } as const;

function setUp() {
	const timers = new ManualTimers();
	const clock = { ms: 0 };
	const charged = new Map<string, number>();
	const presence = new Presence({
		timers,
		elapsedMs: () => clock.ms,
		gatherMs: GATHER_MS,
		charge: (user, ms) => charged.set(user, (charged.get(user) ?? 0) + ms)
	});
	const link = (user: string, ...conversations: string[]) => {
		const told: PresenceNews[] = [];
		const follower = presence.follow(user, { news: (news) => told.push(news) });
		follower.move(conversations, []);
		return {
			follower,
			told,
			/** What has been told since the last look. */
			news: () =>
				told.splice(0).map(({ people, writing }) => ({
					...(people.size > 0 && { people: Object.fromEntries(people) }),
					...(writing.size > 0 && { writing: Object.fromEntries(writing) })
				}))
		};
	};
	/** A report is heard, and then it is told. */
	const settle = () => timers.advance(2 * GATHER_MS);
	/** Time goes by for those who have said much, too. */
	const later = (ms: number) => {
		clock.ms += ms;
		timers.advance(ms);
	};
	return { timers, presence, charged, link, settle, later };
}

describe('presence', () => {
	it('is told to those who share a conversation, and to no one else', () => {
		const { link, settle } = setUp();
		const [alice, bob, eve] = [link(ALICE, 'ab'), link(BOB, 'ab', 'be'), link(EVE, 'e')];
		alice.follower.hear(here);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'here' } }]);
		expect(eve.news()).toEqual([]);
		expect(alice.news()).toEqual([]);
	});

	it('is not told to one whom they have blocked, and told again once they are not', () => {
		const { link, settle } = setUp();
		const [alice, bob, eve] = [link(ALICE, 'all'), link(BOB, 'all'), link(EVE, 'all')];
		alice.follower.hear({ ...here, writingIn: 'all' });
		settle();
		const shown = [{ people: { alice: 'here' }, writing: { all: [ALICE] } }];
		expect([bob.news(), eve.news()]).toEqual([shown, shown]);
		alice.follower.hideFrom([BOB]);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'gone' }, writing: { all: [] } }]);
		expect(eve.news()).toEqual([]);
		alice.follower.hear(away);
		settle();
		expect(bob.news()).toEqual([]);
		expect(eve.news()).toHaveLength(1);
		alice.follower.hideFrom([]);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'away' } }]);
	});

	it('of one who has blocked is hidden from the first word on, and theirs is told to them', () => {
		const { link, settle } = setUp();
		const bob = link(BOB, 'all');
		const alice = link(ALICE);
		alice.follower.hideFrom([BOB]);
		alice.follower.move(['all'], []);
		alice.follower.hear(here);
		bob.follower.hear(here);
		settle();
		expect(bob.news()).toEqual([]);
		expect(alice.news()).toEqual([{ people: { bob: 'here' } }]);
	});

	it('is at the cost of who comes, goes and writes, for each who is told, however many conversations they share', () => {
		const { charged, link, settle } = setUp();
		const shared = Array.from({ length: 100 }, (_, i) => `shared ${i}`);
		const others = Array.from({ length: 10 }, (_, i) => link(`other ${i}`, ...shared));
		const alice = link(ALICE, ...shared);
		settle();
		charged.clear();
		alice.follower.hear(here);
		settle();
		expect(charged.get(ALICE)).toBeCloseTo(10 * TELLING_MS);
		alice.follower.hear({ ...here, writingIn: 'shared 7' });
		settle();
		// They themselves have the conversation too.
		expect(charged.get(ALICE)).toBeCloseTo((10 + 11) * TELLING_MS);
		others[0]!.follower.end();
		settle();
		expect([...charged.values()].filter((ms) => ms > 0)).toHaveLength(1);
	});

	it('is told to one who comes later', () => {
		const { link, settle } = setUp();
		link(ALICE, 'ab').follower.hear(here);
		settle();
		const bob = link(BOB, 'ab');
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'here' } }]);
	});

	it('of several devices, the one at which the person is counts; the last to end takes them away', () => {
		const { link, settle } = setUp();
		const [phone, desk, bob] = [link(ALICE, 'ab'), link(ALICE, 'ab'), link(BOB, 'ab')];
		phone.follower.hear(away);
		desk.follower.hear(here);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'here' } }]);
		desk.follower.end();
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'away' } }]);
		phone.follower.end();
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'gone' } }]);
	});

	it('a device that reports nothing is not seen', () => {
		const { link, settle } = setUp();
		const bob = link(BOB, 'ab');
		link(ALICE, 'ab').follower.end();
		link(ALICE, 'ab');
		settle();
		expect(bob.news()).toEqual([]);
	});

	it('one who would have nothing said of them any more is gone to others, and still hears of them', () => {
		const { link, settle } = setUp();
		const [alice, bob] = [link(ALICE, 'ab'), link(BOB, 'ab')];
		alice.follower.hear({ presence: 'here', writingIn: 'ab' });
		settle();
		bob.news();
		alice.follower.hear(gone);
		bob.follower.hear(here);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'gone' }, writing: { ab: [] } }]);
		expect(alice.news()).toEqual([{ people: { bob: 'here' } }]);
	});

	it('writing is told in its conversation, ends by itself unless it is repeated, and ends with the link', () => {
		const { link, settle, timers } = setUp();
		const [alice, bob] = [link(ALICE, 'ab', 'a2'), link(BOB, 'ab')];
		const writes = { presence: 'here', writingIn: 'ab' } as const;
		alice.follower.hear(writes);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'here' }, writing: { ab: ['alice'] } }]);
		timers.advance(WRITING_HOLDS_MS - 1_000);
		alice.follower.hear(writes);
		timers.advance(WRITING_HOLDS_MS - 1_000);
		expect(bob.news()).toEqual([]);
		timers.advance(1_500);
		expect(bob.news()).toEqual([{ writing: { ab: [] } }]);
		alice.follower.hear(writes);
		settle();
		expect(bob.news()).toEqual([{ writing: { ab: ['alice'] } }]);
		alice.follower.end();
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'gone' }, writing: { ab: [] } }]);
	});

	it('nobody writes in a conversation that is not theirs', () => {
		const { link, settle } = setUp();
		const [eve, bob] = [link(EVE, 'e'), link(BOB, 'ab', 'e')];
		eve.follower.hear({ presence: 'here', writingIn: 'ab' });
		settle();
		expect(bob.news()).toEqual([{ people: { eve: 'here' } }]);
	});

	it('a member who is removed sees and is seen no more, unless another conversation is shared', () => {
		const { link, settle } = setUp();
		const [alice, bob, eve] = [link(ALICE, 'abe', 'ae'), link(BOB, 'abe'), link(EVE, 'abe', 'ae')];
		for (const { follower } of [alice, bob, eve]) follower.hear(here);
		alice.follower.hear({ presence: 'here', writingIn: 'abe' });
		settle();
		for (const each of [alice, bob, eve]) each.news();
		alice.follower.move([], ['abe']);
		settle();
		expect(alice.news()).toEqual([{ people: { bob: 'gone' } }]);
		expect(bob.news()).toEqual([{ people: { alice: 'gone' }, writing: { abe: [] } }]);
		expect(eve.news()).toEqual([{ writing: { abe: [] } }]);
		alice.follower.hear(away);
		settle();
		expect(bob.news()).toEqual([]);
		expect(eve.news()).toEqual([{ people: { alice: 'away' } }]);
	});

	it('many reports in a moment are told once', () => {
		const { link, settle } = setUp();
		const [alice, bob] = [link(ALICE, 'ab'), link(BOB, 'ab')];
		for (let i = 0; i < 1_000; i++) alice.follower.hear(i % 2 === 0 ? away : here);
		settle();
		expect(bob.news()).toEqual([{ people: { alice: 'here' } }]);
	});

	it('of a person with a hundred devices that say this and that all the time is told a few times, and at last as it is', () => {
		const { link, settle, later } = setUp();
		const bob = link(BOB, 'ab');
		const devices = Array.from({ length: 100 }, () => link(ALICE, 'ab'));
		for (let round = 0; round < 50; round++) {
			for (const [i, { follower }] of devices.entries())
				follower.hear({
					presence: (i + round) % 2 === 0 ? 'here' : 'away',
					writingIn: round % 2 === 0 ? 'ab' : undefined
				});
			settle();
		}
		expect(bob.told.length).toBeLessThan(25);
		for (const { follower } of devices) follower.end();
		later(60_000);
		settle();
		expect(bob.news().at(-1)).toMatchObject({ people: { alice: 'gone' } });
		const after = link(BOB, 'ab');
		settle();
		expect(after.news()).toEqual([]);
	});

	it('a person who ends and comes back while others are still to be told is told of as they are then', () => {
		const { link, settle, later } = setUp();
		const bob = link(BOB, 'ab');
		for (let i = 0; i < 30; i++) {
			const alice = link(ALICE, 'ab');
			alice.follower.hear(here);
			settle();
			alice.follower.end();
		}
		link(ALICE, 'ab').follower.hear(away);
		later(60_000);
		settle();
		expect(bob.news().at(-1)).toEqual({ people: { alice: 'away' } });
	});

	it('keeps nothing of a link that has ended, and tells it nothing', () => {
		const { link, settle } = setUp();
		const [alice, bob] = [link(ALICE, 'ab'), link(BOB, 'ab')];
		bob.follower.hear(here);
		alice.follower.hear(here);
		alice.follower.end();
		settle();
		expect(alice.told).toEqual([]);
		expect(bob.told).toEqual([]);
	});
});
