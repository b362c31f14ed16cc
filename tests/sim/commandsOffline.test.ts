/** Every command that can wait on a device, given without a network, kept over a restart, and carried out with one. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { conversationOf } from '../../src/lib/sync/commands/commandTable';
import { createApi } from '../../src/lib/sync/api';
import { hostTimers, memoryLocalStore } from '../../src/lib/sync/memoryStorage';
import { mintUuid, uuidMs } from '../../src/lib/domain/ids';
import { noTabs } from '../../src/lib/sync/tabs';
import { openOutbox, type QueuedCommand } from '../../src/lib/sync/outbox';
import { startCommandCast, type CommandCast } from './commandCast.fixture';
import type { WrittenBehind } from '../../src/lib/sync/writtenBehind';
import type { ApiClient } from '../../src/lib/server/testing/apiClient.fixture';

let cast: CommandCast;
beforeEach(async () => void (cast = await startCommandCast()));
afterEach(() => cast.lab.stop());

/** A conversation in which they wrote nothing behind a command: what becomes of that, addedOffline.test.ts tells. */
const nothingWritten = {
	open: {
		use: () => ({
			sync: {
				whenLoaded: Promise.resolve(),
				segments: { all: [], reach: () => {}, hold: () => undefined, letGo: () => {} }
			},
			release: () => {}
		})
	},
	renamed: () => () => {}
} as unknown as WrittenBehind;

/** What waits on a device of theirs, whose disk is `tables`. */
async function openFor(by: ApiClient, tables: Map<string, Map<string, unknown>>, isOnline: boolean) {
	const { lab, group } = cast;
	const onDone = vi.fn<(done: QueuedCommand) => void>();
	const now = () => lab.nowMs;
	const fetch = async (address: RequestInfo | URL, init?: RequestInit) => {
		if (!isOnline) throw new TypeError('there is no network');
		return lab.fetch(new Request(address, init));
	};
	const outbox = await openOutbox({
		local: memoryLocalStore(tables),
		api: createApi({ origin: by.origin, token: by.token, user: by.id, fetch }),
		tabs: noTabs,
		now,
		serverNow: now,
		timers: hostTimers,
		mintId: (after) =>
			mintUuid(Math.max(now(), after ? uuidMs(after) + 1 : 0), (length) =>
				crypto.getRandomValues(new Uint8Array(length))
			),
		nameOf: () => undefined,
		joinedIn: (id) =>
			id === group
				? ((lab.relay.facts(`info/${group}`)[`member/${by.id}`] as { joined?: number } | undefined)?.joined ??
					0)
				: undefined,
		stampIn: () => ({ ms: now(), counter: 0 }),
		written: () => nothingWritten,
		onDone
	});
	return { outbox, onDone };
}

it('each waits without a network, over a restart too, and is carried out once there is one', async () => {
	for (const [by, command] of cast.commands()) {
		const before = await cast.state();
		const tables = new Map<string, Map<string, unknown>>();
		const offline = await openFor(by, tables, false);
		await offline.outbox.add(command);
		await offline.outbox.flush();
		expect([command.type, offline.outbox.waiting]).toEqual([command.type, 1]);
		expect(await cast.state(), command.type).toEqual(before);
		offline.outbox.close();

		const online = await openFor(by, tables, true);
		await online.outbox.flush();
		expect(online.outbox.commands, command.type).toEqual([]);
		expect(online.onDone.mock.calls, command.type).toMatchObject([[{ command: { type: command.type } }]]);
		expect(await cast.state(), `${command.type} does something`).not.toEqual(before);
		online.outbox.close();
	}
});

it('what waits about a group is refused once who gave it was removed, though they are in it again, and holds nothing up', async () => {
	const { lab, olga, adam, group, commands, state } = cast;
	const path = `/api/conversations/${group}/members`;
	const given = commands().flatMap(([by, command]) =>
		by === adam && conversationOf(command) === group ? [command] : []
	);
	const about = given.filter(({ type }) => type !== 'report');
	expect(new Set(about.map(({ type }) => type)).size).toBeGreaterThan(4);
	const tables = new Map<string, Map<string, unknown>>();
	const offline = await openFor(adam, tables, false);
	for (const command of about) await offline.outbox.add(command);
	offline.outbox.close();
	lab.nowMs += 60_000;
	await olga.send('DELETE', `${path}/${adam.id}`);
	await olga.post(path, { userId: adam.id });
	await olga.patch(`${path}/${adam.id}`, { role: 'admin' });
	const before = await state();

	const online = await openFor(adam, tables, true);
	await online.outbox.flush();
	expect(online.outbox.commands.map(({ refusal }) => refusal?.code)).toEqual(
		about.map(() => 'out_meanwhile')
	);
	expect(await state()).toEqual(before);
	for (const { id } of online.outbox.commands) await online.outbox.dismiss(id, { keep: false });
	await online.outbox.add({ type: 'change-group', conversation: group, change: { name: 'Ships' }, was: {} });
	await vi.waitFor(() => expect(online.outbox.commands).toEqual([]));
	expect(lab.relay.facts(`info/${group}`).name).toBe('Ships');
	online.outbox.close();
});
