import { createSubscriber } from 'svelte/reactivity';
import type { Pictures } from '../sync/pictures';

export interface PictureUrls {
	/** For an `img`; undefined while the picture is not here. Reactive. */
	of(name: string): string | undefined;
	close(): void;
}

/** Addresses of the pictures that this device holds, good until it is closed. */
export function pictureUrls(pictures: Pictures): PictureUrls {
	const urls = new Map<string, string>();
	const subscribe = createSubscriber((update) => pictures.onChange(update));
	return {
		of(name) {
			subscribe();
			const made = urls.get(name);
			if (made) return made;
			const picture = pictures.get(name);
			if (!picture) return undefined;
			const url = URL.createObjectURL(picture);
			urls.set(name, url);
			return url;
		},
		close() {
			for (const url of urls.values()) URL.revokeObjectURL(url);
		}
	};
}
