/** The body of a request, of which nothing comes before the test says so: as whoever holds it back would send it. */
export class HeldBody {
	readonly stream: ReadableStream<Uint8Array>;
	/** Settles once the server waits for it. */
	readonly awaited: Promise<void>;
	#release = () => {};

	constructor(bytes: Uint8Array) {
		const released = new Promise<void>((resolve) => (this.#release = resolve));
		let reached = () => {};
		this.awaited = new Promise((resolve) => (reached = resolve));
		const source: UnderlyingDefaultSource<Uint8Array> = {
			async pull(controller) {
				reached();
				await released;
				controller.enqueue(bytes);
				controller.close();
			}
		};
		// Nothing is asked for before somebody reads.
		this.stream = new ReadableStream(source, { highWaterMark: 0 });
	}

	static json(body: object): HeldBody {
		return new HeldBody(Buffer.from(JSON.stringify(body)));
	}

	release(): void {
		this.#release();
	}
}
