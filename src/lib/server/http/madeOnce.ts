/** What is the same for as long as the server runs, and costs much to make: made when it is first asked for. */
export class MadeOnce {
	readonly #made = new Map<string, Promise<unknown>>();

	/** `name` stands for one `make` alone. What could not be made is made again when it is next asked for. */
	async get<T>(name: string, make: () => Promise<T>): Promise<T> {
		const making = (this.#made.get(name) as Promise<T> | undefined) ?? make();
		this.#made.set(name, making);
		making.catch(() => this.#made.delete(name));
		return making;
	}
}
