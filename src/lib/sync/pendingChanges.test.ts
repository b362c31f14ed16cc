import { expect, it, vi } from 'vitest';
import { createEmitter } from './emitter';
import { createFakeTime } from './fakeSocket.fixture';
import { createPendingChanges } from './pendingChanges';
import type { Command } from './commands/commandTable';
import type { Directory } from '../domain/directory';
import type { Info } from '../domain/info';
import type { QueuedCommand } from './outbox';

const GROUP = '018f0000-0000-7000-8000-000000000001';
const OTHER = '018f0000-0000-7000-8000-000000000002';
const person = (id: string) => ({ id, username: id, displayName: id });
const alice = person('aaaaaaaaaaaaaaaa');
const bob = person('bbbbbbbbbbbbbbbb');
const carol = person('cccccccccccccccc');

const told = (name = 'Boats'): Info => ({
	kind: 'group',
	name,
	description: '',
	history: 'start',
	joining: 'open',
	live: 0,
	firstSegments: new Map(),
	joined: new Map(),
	gone: new Map(),
	asking: new Map(),
	members: new Map([
		[alice.id, 'owner'],
		[bob.id, 'member']
	]),
	people: new Map([alice, bob].map((one) => [one.id, one]))
});
const listed: Directory = {
	self: alice,
	conversations: new Map([[GROUP, { id: GROUP, kind: 'group' }]]),
	asked: new Map(),
	blocked: new Map()
};

function setup(...given: Command[]) {
	const changed = createEmitter();
	const time = createFakeTime();
	const onChange = vi.fn();
	let commands: QueuedCommand[] = given.map((command, n) => ({ id: `id-${n}`, command }));
	const pending = createPendingChanges({
		self: alice,
		outbox: {
			get commands() {
				return commands;
			},
			onChange: changed.on
		},
		timers: time.timers,
		onChange
	});
	return {
		pending,
		time,
		onChange,
		/** The server has answered. */
		answer(refusal?: QueuedCommand['refusal']) {
			const first = commands[0]!;
			if (!refusal) pending.noteDone(first);
			commands = refusal ? [{ ...first, refusal }, ...commands.slice(1)] : commands.slice(1);
			changed.emit();
		}
	};
}

const rename = (name: string): Command => ({
	type: 'change-group',
	conversation: GROUP,
	change: { name },
	was: { name: 'Boats' }
});

it('a rename shows at once, in its own conversation alone', () => {
	const { pending } = setup(rename('Ships'));
	expect(pending.info(GROUP, told()).name).toBe('Ships');
	expect(pending.info(OTHER, told()).name).toBe('Boats');
});

it('of several commands each is over those before it', () => {
	const { pending } = setup(
		rename('Ships'),
		rename('Rafts'),
		{ type: 'add-member', conversation: GROUP, person: carol },
		{ type: 'change-role', conversation: GROUP, person: carol, role: 'admin' },
		{ type: 'remove-member', conversation: GROUP, person: bob }
	);
	const { name, members, people } = pending.info(GROUP, told());
	expect(name).toBe('Rafts');
	expect([...members]).toEqual([
		[alice.id, 'owner'],
		[carol.id, 'admin']
	]);
	expect(people.get(carol.id)).toEqual(carol);
});

it('a group that is being left is out of the list', () => {
	const { pending } = setup({ type: 'leave-group', conversation: GROUP, self: alice.id });
	expect([...pending.directory(listed).conversations.keys()]).toEqual([]);
});

it('one’s own name changes at once', () => {
	const { pending } = setup({ type: 'change-profile', change: { displayName: 'Ann' } });
	expect(pending.directory(listed).self).toMatchObject({ displayName: 'Ann' });
});

it('facts that nothing waits for are the very same', () => {
	const { pending } = setup();
	const info = told();
	expect(pending.info(GROUP, info)).toBe(info);
	expect(pending.directory(listed)).toBe(listed);
});

it('what was done shows until the documents say it, and then they alone are asked', () => {
	const { pending, answer } = setup(rename('Ships'));
	answer();
	expect(pending.info(GROUP, told()).name).toBe('Ships');
	expect(pending.info(GROUP, told('Ships')).name).toBe('Ships');
	expect(pending.info(GROUP, told('Renamed by Bob')).name).toBe('Renamed by Bob');
});

it('what was done and never told is forgotten after a while', () => {
	const { pending, answer, time, onChange } = setup(rename('Ships'));
	answer();
	time.advance(60_000);
	expect(onChange).toHaveBeenCalled();
	expect(pending.info(GROUP, told()).name).toBe('Boats');
});

it('what was refused is off the screen at once', () => {
	const { pending, answer } = setup(rename('Ships'));
	expect(pending.info(GROUP, told()).name).toBe('Ships');
	answer({ code: 'changed_meanwhile', message: 'why not' });
	expect(pending.info(GROUP, told()).name).toBe('Boats');
});
