/** A room under attack in which two honest devices talk on, and what must hold behind the attack. */
import { expect } from 'vitest';
import { ALICE, openProvider, ROOM, startRelay, type StartOptions } from '../relay.fixture';
import { Bystander, Talk } from './talk.fixture';
import { RawClient, type RawClientOptions } from '../rawClient.fixture';
import { textsOf } from '../writing.fixture';
import type { RoomStore } from '../roomStore';

/** A device of Alice. */
const openBystander = (url: string, name: string) =>
	new Bystander(ALICE, openProvider(url, { session: `${ALICE}-${name}`, params: { ack: '1' } }));

export const startTalk = (url: string): Promise<Talk> =>
	new Talk(openBystander(url, 'phone'), openBystander(url, 'laptop')).begin();

/** It may say when it is under way. */
type Act<T> = (underWay: () => void) => Promise<T>;

/** A room in which two devices of Alice talk, and whoever attacks it. */
export async function attackedRoom(options: StartOptions = {}) {
	const started = await startRelay(options);
	const talk = await startTalk(started.url);
	let clients: RawClient[] = [];
	/** A client that is admitted, or not: it is connected. */
	const attacker = async (of: RawClientOptions) => {
		const client = new RawClient(started.url, of);
		clients.push(client);
		await client.opened;
		return client;
	};
	/** Those of the run before are gone when an attack is run again. */
	const afresh = <T>(act: Act<T>): Act<T> => {
		clients = [];
		return (underWay) => {
			for (const client of clients) client.socket.terminate();
			clients = [];
			return act(underWay);
		};
	};
	/** Everything must be as it should be behind it. */
	async function beside<T>(act: Act<T>, alsoThere: readonly string[], lasts: boolean): Promise<T> {
		const result = await talk.during(afresh(act), lasts);
		await expectIntact(started, talk, alsoThere);
		return result;
	}
	return {
		...started,
		talk,
		attacker,
		/** Runs the attack beside the talk, again and again if it is over soon; gives what it gives. */
		attack: <T>(act: Act<T>, alsoThere: readonly string[] = []) => beside(act, alsoThere, false),
		/** The same with one that lasts: others are heard before it is over. */
		longAttack: <T>(act: Act<T>, alsoThere: readonly string[] = []) => beside(act, alsoThere, true)
	};
}

/** The room holds what was said and nothing else, leaves nothing pending, and is the same after a restart. */
async function expectIntact(
	{ url, log, store }: { url: string; log: { lines: readonly object[] }; store: RoomStore },
	{ phone, laptop, said }: Talk,
	alsoThere: readonly string[]
): Promise<void> {
	const expected = [...said, ...alsoThere].sort();
	expect(log.lines.filter((line) => 'level' in line && line.level === 'error')).toEqual([]);
	const again = await startRelay({ store });
	for (const address of [url, again.url]) {
		const reader = openBystander(address, 'reader');
		await reader.synced();
		expect(textsOf(reader.doc)).toEqual(expected);
		expect(reader.doc.store.pendingStructs).toBeNull();
		expect(reader.doc.store.pendingDs).toBeNull();
		for (const { doc } of [phone, laptop]) {
			const name = `${ALICE}:${doc.clientID}`;
			expect(reader.doc.getArray(name).toArray()).toEqual(doc.getArray(name).toArray());
		}
	}
	expect(again.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
	expect((await store.load(ROOM)).updates.length).toBeGreaterThan(0);
}
