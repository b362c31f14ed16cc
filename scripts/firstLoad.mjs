import { brotliCompressSync } from 'node:zlib';

/** What the browser loads to show a conversation, in English: the routes' own files, and the words. */
const CONVERSATION = [
	'/src/routes/+layout.ts',
	'/src/routes/+layout.svelte',
	'/src/routes/(app)/+layout.ts',
	'/src/routes/(app)/+layout.svelte',
	'/src/routes/(app)/c/[conversationId]/+page.svelte'
];
const WORDS = '/src/lib/ui/text/en/index.ts';
/** The pages for people who are not logged in. */
const OUTSIDE = /\/src\/routes\/(\(auth\)|invite)\/.*\.svelte$/;
/** What begins on every page. */
const START =
	/\/@sveltejs\/kit\/src\/runtime\/client\/entry\.js$|\/client-optimized\/app\.js$|\/src\/routes\/\+layout\.(ts|svelte)$/;

/**
 * Bytes of JavaScript that a conversation may take, each file compressed by itself with brotli, as the server sends it. A
 * change that needs more loads something lazily instead (src/lib/ui/frame/deferred.svelte.ts).
 */
const LIMIT = 120_000;

/**
 * Puts what shows a conversation into few files, which compress better and are fewer to ask for; counts their bytes with
 * each build, and fails it beyond the limit. What is imported lazily is left as it is.
 * @returns {import('vite').Plugin}
 */
export function firstLoad() {
	/** @type {Map<string, string>} Where a module goes that a conversation needs. */
	const places = new Map();
	// What is needed by more comes first: a group takes along what it needs.
	const group = (/** @type {string} */ name, /** @type {number} */ after) => ({
		name,
		priority: GROUPS.length - after,
		test: (/** @type {string} */ id) => places.get(id) === name
	});
	return {
		name: 'skein-first-load',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		configEnvironment: (name) =>
			name === 'client'
				? { build: { rolldownOptions: { output: { codeSplitting: { groups: GROUPS.map(group) } } } } }
				: undefined,
		buildEnd() {
			const ids = [...this.getModuleIds()];
			const under = (/** @type {(id: string) => boolean} */ test) =>
				reached(ids.filter(test), (id) => this.getModuleInfo(id)?.importedIds ?? []);
			const outside = under((id) => OUTSIDE.test(id));
			const start = under((id) => START.test(id));
			for (const id of [...under((id) => CONVERSATION.some((path) => id.endsWith(path))), ...start])
				if (!id.includes('/.svelte-kit/generated/'))
					places.set(id, start.has(id) ? 'start' : outside.has(id) ? 'shared' : 'conversation');
		},
		// Behind Vite, which writes into the files last.
		generateBundle: {
			order: 'post',
			handler(_, bundle) {
				const chunks = new Map(
					Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : []))
				);
				const wanted = [...CONVERSATION, WORDS];
				const roots = [...chunks.values()].filter(({ moduleIds }) =>
					moduleIds.some((id) => START.test(id) || wanted.some((path) => id.endsWith(path)))
				);
				const files = [
					...reached(
						roots.map(({ fileName }) => fileName),
						(name) => chunks.get(name)?.imports ?? []
					)
				];
				const size = (/** @type {string} */ name) => brotliCompressSync(chunks.get(name)?.code ?? '').length;
				const bytes = files.reduce((sum, name) => sum + size(name), 0);
				const said = `a conversation loads ${bytes} bytes of JavaScript (brotli, ${files.length} files) of ${LIMIT}`;
				if (bytes > LIMIT) this.error(said);
				this.info(said);
			}
		}
	};
}

const GROUPS = ['start', 'shared', 'conversation'];

/** @param {Iterable<string>} from @param {(one: string) => readonly string[]} next */
function reached(from, next) {
	const all = new Set(from);
	for (const one of all) for (const other of next(one)) all.add(other);
	return all;
}
