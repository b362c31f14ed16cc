/**
 * Pictures of people and groups on this device: shown from here, fetched once when first asked for, and kept for when
 * there is no network. A picture's name is that of its bytes, so one that is here is never out of date.
 */
import { createEmitter } from './emitter';
import type { Api } from './api';
import type { NamedUpload } from './commands/commandKind';
import type { PictureCache } from './ports';

/** Fetched at the same time: a long list of people must not keep commands from the line. */
const FETCHES_MAX = 4;
/** Kept on the disk, at some 10 kB each; beyond that, those that were not shown since the start go. */
const KEPT_MAX = 1_000;

export interface PicturesOptions {
	readonly cache: PictureCache;
	readonly api: Pick<Api, 'picture'>;
	readonly mintId: () => string;
}

export type Pictures = ReturnType<typeof createPictures>;

export function createPictures({ cache, api, mintId }: PicturesOptions) {
	const changed = createEmitter();
	const here = new Map<string, Blob>();
	/** Asked for, and not here: being brought, or gone from the server. */
	const asked = new Set<string>();
	/** Could not be fetched for want of a network, a session or a server. */
	const unreached = new Set<string>();
	const waiting: string[] = [];
	let fetching = 0;
	let kept: Set<string> | undefined;

	async function bring(name: string): Promise<void> {
		const found = await cache.get(name).catch(() => undefined);
		if (found) return arrived(name, found);
		waiting.push(name);
		await fetchWaiting();
	}

	async function fetchWaiting(): Promise<void> {
		while (fetching < FETCHES_MAX) {
			const name = waiting.shift();
			if (name === undefined) return;
			fetching++;
			const answer = await api.picture(name);
			fetching--;
			if (answer.ok) {
				arrived(name, answer.value);
				await keep(name, answer.value).catch(() => {
					// Not kept: shown until the app closes, and fetched again.
				});
			} else if (answer.status !== 404) unreached.add(name);
		}
	}

	function arrived(name: string, picture: Blob): void {
		here.set(name, picture);
		asked.delete(name);
		changed.emit();
	}

	async function keep(name: string, picture: Blob): Promise<void> {
		await cache.put(name, picture);
		kept ??= new Set(await cache.names());
		kept.add(name);
		for (const old of kept) {
			if (kept.size <= KEPT_MAX) return;
			if (here.has(old)) continue;
			kept.delete(old);
			await cache.delete(old);
		}
	}

	return {
		/** Calls back when one has arrived. */
		onChange: changed.on,
		/** The picture of that name if it is in memory; otherwise it is brought. */
		get(name: string): Blob | undefined {
			const picture = here.get(name);
			if (picture || asked.has(name)) return picture;
			asked.add(name);
			void bring(name);
			return undefined;
		},
		/**
		 * Shows one that was made here under a name of its own, also after a restart, until the server has named it. Gives
		 * it as commands carry it. Rejects if the disk does not take it.
		 */
		async take(picture: Blob): Promise<NamedUpload> {
			const name = `new-${mintId()}`;
			const bytes = new Uint8Array(await picture.arrayBuffer());
			arrived(name, picture);
			await keep(name, picture);
			return { name, bytes, type: picture.type };
		},
		/** There is a network again: fetches what could not be. */
		resume(): void {
			waiting.push(...unreached);
			unreached.clear();
			void fetchWaiting();
		}
	};
}
