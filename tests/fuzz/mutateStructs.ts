/** Changed copies of updates, struct by struct, written well: what is inside is what is wrong with them. */
import { encodeHeader } from '../../src/lib/domain/entryCodec';
import { KIND } from '../../src/lib/domain/entry';
import { readSoundPart, type ClientStructs, type Struct } from '../../src/lib/protocol/updateReader';
import { writeRawUpdate } from './rawUpdate';
import type { Random } from '../load/seededRandom';

/** Whose log is worth attacking, and where it ends. */
export interface Victim {
	readonly client: number;
	readonly clock: number;
}

export function mutateStructs(bytes: Uint8Array, random: Random, victims: readonly Victim[]): Uint8Array {
	const read = readSoundPart(bytes);
	const victim = () => random.pick(victims);
	const clients = read.clients.map((section) =>
		random.below(3) === 0 ? mutateSection(section, random, victim) : section
	);
	if (random.below(8) === 0) clients.push(goingOnFor(victim()));
	if (clients.length > 0 && random.below(6) === 0) clients.push(random.pick(clients));
	if (clients.length > 1 && random.below(6) === 0) clients.reverse();
	const deletes = [...read.deletes];
	if (random.below(3) === 0) {
		const client = random.below(2) === 0 ? victim().client : (clients[0]?.client ?? victim().client);
		deletes.push({ client, clock: random.below(40), length: 1 + random.below(4) });
	}
	return writeRawUpdate({ clients, deletes });
}

/** An entry that stands just where the victim's next one would. */
function goingOnFor({ client, clock }: Victim): ClientStructs {
	const at = (offset: number, bytes: Uint8Array): Struct => ({
		type: 'binary',
		clock: clock + offset,
		length: 1,
		origin: { client, clock: clock + offset - 1 },
		rightOrigin: undefined,
		root: undefined,
		mapKey: undefined,
		bytes
	});
	const header = encodeHeader({ kind: KIND.message, s: Math.floor(clock / 2), stamp: { ms: 1, counter: 0 } });
	return { client, clock, structs: [at(0, header), at(1, new Uint8Array([0, 126]))] };
}

function mutateSection(section: ClientStructs, random: Random, victim: () => Victim): ClientStructs {
	const structs = [...section.structs];
	const at = random.below(Math.max(1, structs.length));
	const struct = structs[at];
	const change = (changed: Partial<Struct>) => {
		if (struct) structs[at] = { ...struct, ...changed };
		return { ...section, structs };
	};
	const somewhere = () => ({
		client: random.below(2) === 0 ? victim().client : section.client,
		clock: random.below(60)
	});
	switch (random.below(13)) {
		case 0:
			return { ...section, client: victim().client };
		case 1:
			return { ...section, clock: random.below(60) };
		case 2:
			return { ...section, structs: struct ? structs.toSpliced(at, 0, struct) : structs };
		case 3:
			return { ...section, structs: structs.toSpliced(at, 1) };
		case 4:
			return { ...section, structs: structs.reverse() };
		case 5:
			return change({ origin: somewhere() });
		case 6:
			return change({ rightOrigin: somewhere() });
		case 7:
			return change({ origin: undefined, root: `${'a'.repeat(16)}:${victim().client}` });
		case 8:
			return change({ origin: undefined, root: random.pick(['', '__proto__', 'messages', 'system:1']) });
		case 9:
			return change({ origin: undefined, root: struct?.root ?? '', mapKey: random.pick(['', '__proto__']) });
		case 10:
			return change({ type: random.pick(['gc', 'skip'] as const), length: 1 + random.below(5) });
		case 11:
			return change({ type: 'deleted', bytes: undefined, length: 1 + random.below(5) });
		default:
			return change({ type: 'binary', bytes: new Uint8Array([random.below(256), random.below(256)]) });
	}
}
