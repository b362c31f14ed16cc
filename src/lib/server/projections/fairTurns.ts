/**
 * Who is served next, of all who have much to be done: each owner in turn, and of one owner the smallest job first, so
 * that what tells many people holds up nobody else, nor one's own small matters. Invariants: one name is never worked on
 * twice at once; a name that is added while it is being worked on is worked on again. Deliberately absent: what is done,
 * and time.
 */

interface FairTurnsOptions {
	/** Works on one. Never rejects. */
	readonly work: (name: string) => Promise<void>;
	/** Calls back once the event loop has been round. */
	readonly nextTurn: (callback: () => void) => void;
	/** Worked on at once: of one owner, of all, and how many are begun before the event loop goes on. */
	readonly ownMax?: number;
	readonly allMax?: number;
	readonly beginMax?: number;
}

interface Job {
	readonly names: string[];
	/** Not done yet. */
	left: number;
	readonly done: () => void;
}

interface Owner {
	readonly jobs: Set<Job>;
	working: number;
}

/** Enough for a commit to serve many; so few that whoever comes next is in the one behind it. */
const OWN_MAX = 32;
const ALL_MAX = 128;
/** Each takes about a millisecond. */
const BEGIN_MAX = 4;

export class FairTurns {
	readonly #work: (name: string) => Promise<void>;
	readonly #nextTurn: (callback: () => void) => void;
	readonly #max: { readonly own: number; readonly all: number; readonly begin: number };
	/** Those with something to be done; the one that was served longest ago stands first. */
	readonly #owners = new Map<string, Owner>();
	/** By name: settles once what is worked on now, or waits for that, is done. */
	readonly #working = new Map<string, Promise<void>>();
	#count = 0;
	#isTurnDue = false;
	#stopped = false;

	constructor({
		work,
		nextTurn,
		ownMax = OWN_MAX,
		allMax = ALL_MAX,
		beginMax = BEGIN_MAX
	}: FairTurnsOptions) {
		this.#work = work;
		this.#nextTurn = nextTurn;
		this.#max = { own: ownMax, all: allMax, begin: beginMax };
	}

	/** Settles once each has been worked on, begun after the call. In their order, as far as one owner's go at once. */
	add(owner: string, names: Iterable<string>): Promise<void> {
		const all = [...new Set(names)];
		if (all.length === 0 || this.#stopped) return Promise.resolve();
		return new Promise((done) => {
			const known = this.#owners.get(owner) ?? { jobs: new Set(), working: 0 };
			known.jobs.add({ names: all, left: all.length, done });
			this.#owners.set(owner, known);
			this.#turn();
		});
	}

	/** Begins nothing any more; whoever waits goes on. */
	stop(): void {
		this.#stopped = true;
		for (const { jobs } of this.#owners.values()) for (const { done } of jobs) done();
		this.#owners.clear();
	}

	#turn(): void {
		if (this.#isTurnDue) return;
		this.#isTurnDue = true;
		this.#nextTurn(() => {
			this.#isTurnDue = false;
			let begun = 0;
			while (begun < this.#max.begin && this.#beginNext()) begun++;
			if (begun === this.#max.begin) this.#turn();
		});
	}

	/** False if there is nothing to begin now. */
	#beginNext(): boolean {
		if (this.#stopped || this.#count >= this.#max.all) return false;
		for (const [name, owner] of this.#owners) {
			const job = owner.working < this.#max.own ? smallest(owner.jobs) : undefined;
			if (!job) continue;
			this.#owners.delete(name);
			this.#owners.set(name, owner);
			this.#begin(job, name, owner);
			return true;
		}
		return false;
	}

	#begin(job: Job, ownerName: string, owner: Owner): void {
		const name = job.names.shift()!;
		owner.working += 1;
		this.#count += 1;
		const before = this.#working.get(name) ?? Promise.resolve();
		const work = before
			.then(() => (this.#stopped ? undefined : this.#work(name)))
			.then(() => {
				if (this.#working.get(name) === work) this.#working.delete(name);
				owner.working -= 1;
				this.#count -= 1;
				job.left -= 1;
				if (job.left === 0) {
					owner.jobs.delete(job);
					job.done();
				}
				if (owner.jobs.size === 0) this.#owners.delete(ownerName);
				this.#turn();
			});
		this.#working.set(name, work);
	}
}

/** Of those with something to begin. */
function smallest(jobs: ReadonlySet<Job>): Job | undefined {
	let found: Job | undefined;
	for (const job of jobs) if (job.names.length > 0 && (!found || job.left < found.left)) found = job;
	return found;
}
