/**
 * Asks the browser to compile each function of the app's code while it is loaded, off the main thread, and not when it
 * is first called: nearly all of it runs when a conversation is opened, and what is compiled is kept with the code.
 * See V8's "explicit compile hints"; other browsers read a comment.
 * @returns {import('vite').Plugin}
 */
export function compileHints() {
	return {
		name: 'skein-compile-hints',
		apply: (config, { command }) => command === 'build' && !config.build?.ssr,
		config: () => ({
			build: { rolldownOptions: { output: { postBanner: '//# allFunctionsCalledOnLoad\n' } } }
		})
	};
}
