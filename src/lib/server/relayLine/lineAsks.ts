/** How the relay's end of the line carries out what the app asks. Maps go over the line as pairs. */
import type { Asks } from './lineWords';
import type { RelayPort } from '../relayPort';

type CarryOut = { readonly [Op in keyof Asks]: (relay: RelayPort, given: Asks[Op]) => unknown };

const ASKS: CarryOut = {
	append: (relay, given) => relay.append(...given),
	writtenUnder: (relay, given) => relay.writtenUnder(...given),
	erase: (relay, given) => relay.erase(...given),
	writtenBy: (relay, given) => relay.writtenBy(...given),
	bytesOf: (relay, given) => relay.bytesOf(...given),
	project: (relay, [room, facts]) => relay.project(room, new Map(facts)),
	entries: (relay, given) => relay.entries(...given),
	entry: (relay, given) => relay.entry(...given),
	segment: (relay, given) => relay.segment(...given),
	messageVector: async (relay, given) => [...(await relay.messageVector(...given))],
	limit: (relay, given) => relay.limit(...given),
	dropSession: (relay, given) => relay.dropSession(...given),
	dropMember: (relay, given) => relay.dropMember(...given)
};

/** Throws if there is no such ask. What is given comes from the app, which knows the types. */
export async function carryOut(relay: RelayPort, op: string, given: unknown): Promise<unknown> {
	if (!Object.hasOwn(ASKS, op)) throw new Error(`the relay does not know how to ${op}`);
	return ASKS[op as 'entries'](relay, given as Asks['entries']);
}
