import { describe, expect, it } from 'vitest';
import { createEmitter } from './emitter';
import { createFakeTime } from './fakeSocket.fixture';
import { createPresence } from './presence';
import { WRITING_HOLDS_MS } from '../domain/limits';
import type { LinkStatus } from './link';
import type { PresenceNews, PresenceReport } from '../protocol/presenceWords';

const ALICE = 'a'.repeat(16);
const BOB = 'b'.repeat(16);
const CONVERSATION = `d-${ALICE}-${BOB}`;

function setUp() {
	const time = createFakeTime();
	const changed = createEmitter();
	const news = createEmitter<PresenceNews>();
	const said: unknown[] = [];
	const link = {
		status: 'online' as LinkStatus,
		onChange: changed.on,
		onPresence: news.on,
		sendPresence: (report: PresenceReport) => void said.push(report)
	};
	let hidden = false;
	const presence = createPresence({ link, now: time.now, timers: time.timers, isHidden: () => hidden });
	return {
		time,
		presence,
		said: () => said.splice(0),
		setStatus(status: LinkStatus) {
			link.status = status;
			changed.emit();
		},
		hide(on: boolean) {
			hidden = on;
			presence.say();
		},
		tell: (people: [string, 'here' | 'away' | 'gone'][], writing: [string, string[]][] = []) =>
			news.emit({ people: new Map(people), writing: new Map(writing) })
	};
}

describe('presence on a device', () => {
	it('a device that was not told how its person is says nothing', () => {
		const { setStatus, said } = setUp();
		setStatus('online');
		expect(said()).toEqual([]);
	});

	it('says how its person is once, and again on each new connection', () => {
		const { presence, setStatus, said } = setUp();
		presence.be('here');
		presence.be('here');
		expect(said()).toEqual([{ presence: 'here', writingIn: undefined }]);
		setStatus('offline');
		presence.be('away');
		expect(said()).toEqual([]);
		setStatus('online');
		expect(said()).toEqual([{ presence: 'away', writingIn: undefined }]);
	});

	it('says that somebody writes once, again before it lapses, and that they stopped when no key comes', () => {
		const { presence, time, said } = setUp();
		presence.be('here');
		said();
		const writes = { presence: 'here', writingIn: CONVERSATION };
		presence.noteWriting(CONVERSATION);
		presence.noteWriting(CONVERSATION);
		expect(said()).toEqual([writes]);
		for (let ms = 0; ms < WRITING_HOLDS_MS; ms += 1_000) {
			time.advance(1_000);
			presence.noteWriting(CONVERSATION);
		}
		expect(said()).toEqual([writes, writes]);
		time.advance(10_000);
		expect(said()).toEqual([{ presence: 'here', writingIn: undefined }]);
	});

	it('what is sent is no longer written', () => {
		const { presence, said } = setUp();
		presence.be('here');
		presence.noteWriting(CONVERSATION);
		said();
		presence.noteWritten();
		expect(said()).toEqual([{ presence: 'here', writingIn: undefined }]);
	});

	it('one who hides is taken back at once and nothing more is said, until they show themselves', () => {
		const { presence, hide, said } = setUp();
		presence.be('here');
		said();
		hide(true);
		expect(said()).toEqual([{ presence: 'gone', writingIn: undefined }]);
		presence.noteWriting(CONVERSATION);
		presence.be('away');
		presence.be('here');
		expect(said()).toEqual([]);
		hide(false);
		expect(said()).toEqual([{ presence: 'here', writingIn: CONVERSATION }]);
	});

	it('knows of others what the relay tells, and of nobody without a connection', () => {
		const { presence, setStatus, tell } = setUp();
		tell([[BOB, 'away']], [[CONVERSATION, [BOB]]]);
		expect([presence.of(BOB), presence.of(ALICE)]).toEqual(['away', 'gone']);
		expect(presence.writingIn(CONVERSATION)).toEqual([BOB]);
		tell([[BOB, 'gone']], [[CONVERSATION, []]]);
		expect([presence.of(BOB), presence.writingIn(CONVERSATION)]).toEqual(['gone', []]);
		tell([[BOB, 'here']]);
		setStatus('offline');
		expect(presence.of(BOB)).toBeUndefined();
		setStatus('online');
		expect(presence.of(BOB)).toBe('gone');
	});
});
