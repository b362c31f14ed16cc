/** @param {string} names */
const short = (names) => names.replace('assets/[name].[hash]', 'assets/[hash]').replace('[hash]', '[hash:7]');
const NAMES = ['entryFileNames', 'chunkFileNames', 'assetFileNames'];

/**
 * Names files by 42 bits of what is in them, not 48, and assets by nothing else: in the first load chunks name others some
 * 250 times, and nothing compresses a hash. The server's build too, which names the same assets.
 * @returns {import('vite').Plugin}
 */
export function shortNames() {
	return {
		name: 'skein-short-names',
		apply: 'build',
		outputOptions: (output) => ({
			...output,
			...Object.fromEntries(
				Object.entries(output).flatMap(([key, names]) =>
					NAMES.includes(key) && typeof names === 'string' ? [[key, short(names)]] : []
				)
			)
		})
	};
}
