/** Somebody who is in one of the conversations and means no good, as often as the plan says, for as long as it says. */
import { conversationId, userId } from '../cast';
import { encodeHeader } from '../../../../src/lib/domain/entryCodec';
import { KIND, logName } from '../../../../src/lib/domain/entry';
import { Member, syncMessage } from './member';
import { RawSocket } from './rawSocket';
import { segmentRoom } from '../../../../src/lib/protocol/rooms';
import { writeUpdate } from '../../../../src/lib/protocol/updateWriter';
import { isSkein, type Arm } from '../arms';
import type { Struct } from '../../../../src/lib/protocol/updateReader';

export const ATTACKS = ['one origin', 'tiny structs', 'gaps', 'questions', 'no such rooms'] as const;
export type Attack = (typeof ATTACKS)[number];

export interface AttackPlan {
	readonly attack: Attack;
	readonly arm: Arm;
	readonly port: number;
	readonly forMs: number;
}

/** How often a second. */
const RATES: Readonly<Record<Attack, number>> = {
	'one origin': 5,
	'tiny structs': 5,
	gaps: 2_000,
	questions: 1_000,
	'no such rooms': 200
};

const CLIENT = 77;
const PILE_BYTES = 120_000;
const TINY_BYTES = 240_000;
const ME = userId({ first: 0, conversations: 1, member: 9_999 });
const STEP_1 = 0;
const UPDATE = 2;

export async function attack({ attack: kind, arm, port, forMs }: AttackPlan): Promise<null> {
	const begun = performance.now();
	const act = ACTS[kind](arm, port);
	for (let done = 0; ;) {
		const elapsed = performance.now() - begun;
		if (elapsed >= forMs) return null;
		for (const due = Math.floor((elapsed * RATES[kind]) / 1000); done < due; done++) act();
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}

const ACTS: Readonly<Record<Attack, (arm: Arm, port: number) => () => void>> = {
	'one origin': (arm, port) => () => void sendAlone(arm, port, syncMessage(UPDATE, pileAtOnePlace())),
	'tiny structs': (arm, port) => () => void sendAlone(arm, port, syncMessage(UPDATE, tinyStructs())),
	gaps: (arm, port) => {
		const frame = syncMessage(UPDATE, entryBehindAGap());
		return again(arm, port, () => frame);
	},
	questions: (arm, port) => {
		const everything = syncMessage(STEP_1, new Uint8Array([0]));
		return again(arm, port, () => everything);
	},
	'no such rooms': (arm, port) => {
		let n = 0;
		return () => {
			const room = `c/01900000-0000-7000-8000-ffffffff${(n++ % 65_536).toString(16).padStart(4, '0')}/7`;
			const path = isSkein(arm) ? `/sync/${room}` : `/${room}`;
			const socket = open(port, path, () => setTimeout(() => socket.end(), 200));
		};
	}
};

/** A connection of its own for each frame: who is refused comes again. */
function sendAlone(arm: Arm, port: number, message: Uint8Array): void {
	const room = segmentRoom(conversationId(0), 0);
	const path = isSkein(arm) ? `/sync/${room}` : `/${room}`;
	const socket = open(port, path, () => {
		socket.send(message);
		setTimeout(() => socket.end(), 2_000);
	});
}

/** The same on one connection, again and again. */
function again(arm: Arm, port: number, message: () => Uint8Array): () => void {
	const member = new Member({ arm, port, user: ME, conversation: conversationId(0) });
	let isReady = false;
	member.ready.then(
		() => (isReady = true),
		() => {}
	);
	return () => {
		if (isReady) member.send(message());
	};
}

function open(port: number, path: string, onOpen: () => void): RawSocket {
	return new RawSocket({ port, path, token: `${ME}-1`, onOpen, onMessage: () => {}, onClose: () => {} });
}

const struct = (given: Partial<Struct> & { readonly clock: number }): Struct => ({
	type: 'binary',
	length: 1,
	origin: undefined,
	rightOrigin: undefined,
	root: undefined,
	mapKey: undefined,
	bytes: undefined,
	...given
});

/** Items of two clients that all stand behind one item: Yjs compares each with each. */
function pileAtOnePlace(): Uint8Array {
	const origin = { client: CLIENT, clock: 0 };
	const bytes = new Uint8Array([0x80, 0]);
	const pile = (from: number) =>
		Array.from({ length: PILE_BYTES / 14 }, (_, i) => struct({ clock: from + i, origin, bytes }));
	const first = struct({ clock: 0, root: logName(ME, CLIENT), bytes });
	return writeUpdate({
		clients: [
			{ client: CLIENT + 1, clock: 0, structs: pile(0) },
			{ client: CLIENT, clock: 0, structs: [first, ...pile(1)] }
		],
		deletes: []
	});
}

/** As many structs as fit, of no use. */
function tinyStructs(): Uint8Array {
	const structs = Array.from({ length: TINY_BYTES / 8 }, (_, i) =>
		struct({
			type: 'deleted',
			clock: i,
			...(i === 0 ? { root: 'x' } : { origin: { client: CLIENT, clock: i - 1 } })
		})
	);
	return writeUpdate({ clients: [{ client: CLIENT, clock: 0, structs }], deletes: [] });
}

/** Stands behind a thousand entries that nobody has. */
function entryBehindAGap(): Uint8Array {
	const client = CLIENT + Math.floor(Math.random() * 1e6);
	const header = encodeHeader({ kind: KIND.message, s: 1_000, stamp: { ms: 1, counter: 0 } });
	const structs = [header, new Uint8Array([0, 126])].map((bytes, i) =>
		struct({ clock: 2_000 + i, origin: { client, clock: 1_999 + i }, bytes })
	);
	return writeUpdate({ clients: [{ client, clock: 2_000, structs }], deletes: [] });
}
