/** How both arms put messages on the screen, and when they are there: the same elements, the same words, the same clock. */

export interface PaintedMessage {
	readonly id: string;
	readonly authorName: string;
	readonly text: string;
	readonly at: number;
}

export interface PaintedLink {
	readonly id: string;
	readonly name: string;
	readonly last: string;
}

/** What one opening took, in milliseconds. */
export interface Opening {
	/** From the beginning of the navigation to a page that runs, with nothing opened. */
	readonly navigation: number;
	/** From the open call to the paint. */
	readonly open: number;
	readonly shown: number;
}

export interface Frames {
	/** From the beginning until all is on the screen. */
	readonly total: number;
	/** Between two frames, while it lasted. */
	readonly longest: number;
}

/** As the app does: what a screen holds, the rest in the frames that follow. */
export const LINKS_AT_FIRST = 32;

const log = document.querySelector<HTMLElement>('[role=log]')!;
const nav = document.querySelector<HTMLElement>('nav')!;
const articles = new Map<string, { message: PaintedMessage; element: HTMLElement }>();

/** Draws the messages; an element whose message is the same object stays as it is. */
export function drawMessages(messages: readonly PaintedMessage[]): void {
	const wanted = new Set(messages.map(({ id }) => id));
	for (const [id, { element }] of articles) {
		if (wanted.has(id)) continue;
		element.remove();
		articles.delete(id);
	}
	let before: Element | null = null;
	for (const message of messages) {
		const held = articles.get(message.id);
		const element = held?.element ?? document.createElement('article');
		if (held?.message !== message) element.replaceChildren(...contentOf(message));
		articles.set(message.id, { message, element });
		const place: Element | null = before ? before.nextElementSibling : log.firstElementChild;
		if (element !== place) log.insertBefore(element, place);
		before = element;
	}
	log.scrollTop = log.scrollHeight;
}

function contentOf({ authorName, text, at }: PaintedMessage): Element[] {
	const head = document.createElement('b');
	head.textContent = `${authorName} ${new Date(at).toISOString().slice(11, 16)}`;
	const body = document.createElement('p');
	body.textContent = text;
	return [head, body];
}

export function drawList(links: readonly PaintedLink[]): void {
	nav.replaceChildren(
		...links.map(({ id, name, last }) => {
			const link = document.createElement('a');
			link.href = `/c/${id}`;
			const words = document.createElement('p');
			words.textContent = last;
			link.append(name, words);
			return link;
		})
	);
}

/** When the frame that shows the present DOM has been drawn, in milliseconds since the navigation began. */
export function painted(): Promise<number> {
	return new Promise((resolve) =>
		requestAnimationFrame(() => {
			// A task behind the frame's own: layout and paint are done by then.
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => resolve(performance.now());
			port2.postMessage(0);
		})
	);
}

/** Follows the frames until `done` settles. */
export async function watchFrames(done: Promise<unknown>): Promise<Frames> {
	const start = performance.now();
	let last = start;
	let longest = 0;
	let going = true;
	const frame = (): void => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
		if (going) requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	await done;
	const end = await painted();
	going = false;
	return { total: end - start, longest: Math.max(longest, end - last) };
}

export interface Keypress {
	/** Until the code that it ran is done. */
	readonly work: number;
	/** Until the message is on the screen. */
	readonly paint: number;
}

/** Sends with Enter what stands in the field. Returns the keypresses that have been painted so far. */
export function sendByKey(send: (text: string) => void): readonly Keypress[] {
	const field = document.querySelector('textarea')!;
	const keypresses: Keypress[] = [];
	let count = 0;
	field.focus();
	field.onkeydown = async (event) => {
		if (event.key !== 'Enter') return;
		event.preventDefault();
		send(`on my way, message ${count++}`);
		const work = performance.now() - event.timeStamp;
		keypresses.push({ work, paint: (await painted()) - event.timeStamp });
	};
	return keypresses;
}
