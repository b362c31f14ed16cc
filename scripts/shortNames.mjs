/** @param {string} names */
const short = (names) => names.replace('[hash]', '[hash:7]');
const NAMES = ['entryFileNames', 'chunkFileNames', 'assetFileNames'];

/**
 * Only what chunks name goes without a name of its own: pages ask for a font before its sheet does, and know it by that.
 * @param {string} names
 */
const shortAssets =
	(names) =>
	/** @param {{ names: string[] }} asset */
	(asset) =>
		short(
			asset.names.some((name) => name.endsWith('.css'))
				? names.replace('assets/[name].[hash]', 'assets/[hash]')
				: names
		);

/**
 * Names files by 42 bits of what is in them, not 48, and sheets by nothing else: in the first load chunks name others some
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
				Object.entries(output)
					.filter(([key, names]) => NAMES.includes(key) && typeof names === 'string')
					.map(([key, names]) => [key, key === 'assetFileNames' ? shortAssets(names) : short(names)])
			)
		})
	};
}
