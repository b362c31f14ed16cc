/** What a connection takes on which nothing happens, and a room, in memory and when it has left it. */
import { ARMS, serverOf, type Arm } from '../arms';
import { median, table } from '../../figures';
import { ServerProcess } from '../serverProcess';
import type { Row, RowLab } from './row';
import type { Usage } from '../servers/answering';

const CONNECTIONS = 2_000;
const ROOMS = 2_000;
const MESSAGES = 200;
/** How long the relay keeps a room that nobody is in: longer than it takes to fill all of them. */
const IDLE_MS = 60_000;

/** Bytes for each: of live objects and what hangs on them, and of the process. */
interface Taken {
	readonly held: number;
	readonly resident: number;
}

export const memory: Row = async (lab) => {
	const rows: string[][] = [];
	for (const arm of ARMS) {
		lab.tell(`memory, ${arm}`);
		const connections: Taken[] = [];
		const rooms: { resident: Taken; evicted: Taken }[] = [];
		for (let run = 0; run < lab.runs; run++) {
			connections.push(await ofConnections(lab, arm));
			// A bare broadcast knows no rooms, and a room of the relay's is the same by whatever way it is reached.
			if (arm === 'skein' || arm === 'stock') rooms.push(await ofRooms(lab, arm));
		}
		rows.push([
			arm,
			kilobytes(connections),
			kilobytes(rooms.map(({ resident }) => resident)),
			kilobytes(rooms.map(({ evicted }) => evicted))
		]);
	}
	const head = [
		'server',
		'an idle connection',
		`a room of ${MESSAGES} messages`,
		'when nobody has been in it for a while'
	];
	return `### Memory\n\nkB of live objects (of the process)\n\n${table(head, rows)}`;
};

async function ofConnections({ programs, load }: RowLab, arm: Arm): Promise<Taken> {
	const server = await ServerProcess.start({ programs, server: serverOf(arm) });
	try {
		const usages = new Map<string, Usage>();
		const plan = { arm, port: server.port, connections: CONNECTIONS };
		await load.run('connections', plan, async (mark) => {
			usages.set(mark, await server.usage({ collect: true }));
		});
		return between(usages.get('before')!, usages.get('behind')!, CONNECTIONS);
	} finally {
		await server.end();
	}
}

async function ofRooms({ programs, load }: RowLab, arm: Arm): Promise<{ resident: Taken; evicted: Taken }> {
	const server = await ServerProcess.start({ programs, server: serverOf(arm), idleMs: IDLE_MS });
	try {
		const usages = new Map<string, Usage>();
		const plan = { arm, port: server.port, rooms: ROOMS, messages: MESSAGES };
		await load.run('rooms', plan, async (mark) => {
			if (mark === 'before' && arm === 'skein') await left(server);
			usages.set(mark, await server.usage({ collect: true }));
		});
		const before = usages.get('before')!;
		const filled = usages.get('behind')!;
		// On a busy machine the first may have left it already.
		const count = filled.detail.rooms!;
		const evicted = await left(server);
		return { resident: between(before, filled, count), evicted: between(before, evicted, ROOMS) };
	} finally {
		await server.end();
	}
}

/** Once no room is in memory any more: where rooms stay for ever, after twice as long as the relay keeps one. */
async function left(server: ServerProcess): Promise<Usage> {
	const until = performance.now() + 2 * IDLE_MS;
	for (;;) {
		const usage = await server.usage({ collect: true });
		if (usage.detail.rooms === 0 || performance.now() > until) return usage;
		await new Promise((resolve) => setTimeout(resolve, 1_000));
	}
}

const between = (before: Usage, behind: Usage, count: number): Taken => ({
	held: (behind.heldBytes - before.heldBytes) / count,
	resident: (behind.residentBytes - before.residentBytes) / count
});

function kilobytes(taken: readonly Taken[]): string {
	if (taken.length === 0) return '–';
	const of = (key: keyof Taken) => (median(taken.map((each) => each[key])) / 1_000).toFixed(1);
	return `${of('held')} (${of('resident')})`;
}
