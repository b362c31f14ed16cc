import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { importDirection } from './scripts/lint/importDirection.mjs';
import svelteConfig from './svelte.config.js';

/** What reads the world: the pure layers get it passed in. */
const impure = [
	'fetch',
	'crypto',
	'performance',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'queueMicrotask',
	'WebSocket',
	'indexedDB',
	'localStorage',
	'window',
	'document',
	'process'
];

export default typescript.config(
	{
		ignores: [
			'node_modules/',
			'build/',
			'.cache/',
			'.svelte-kit/',
			'data/',
			'static/',
			'test-results/',
			'playwright-report/',
			'coverage/'
		]
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	...typescript.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		plugins: { skein: { rules: { 'import-direction': importDirection } } },
		rules: {
			'skein/import-direction': 'error',
			// TypeScript knows names better.
			'no-undef': 'off',
			'no-console': 'error',
			eqeqeq: 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'], svelteConfig }
		},
		rules: {
			'svelte/no-at-html-tags': 'error',
			// Links here are paths of this app, which has no base path.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/lib/domain/**/*.ts', 'src/lib/conversation/**/*.ts'],
		ignores: ['**/*.test.ts', '**/*.fixture.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				...impure.map((name) => ({ name, message: 'Pass it in: this layer is pure.' }))
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'Pass the clock in: this layer is pure.' },
				{ object: 'Math', property: 'random', message: 'Pass randomness in: this layer is pure.' },
				...impure.map((property) => ({
					object: 'globalThis',
					property,
					message: 'Pass it in: this layer is pure.'
				}))
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
					message: 'Pass the clock in: this layer is pure.'
				}
			]
		}
	},
	{
		files: ['src/lib/domain/**/*.ts'],
		ignores: ['**/*.test.ts', '**/*.fixture.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(node:|yjs|y-|ws$|svelte|\\$app|\\$env)',
							message: 'The domain has no I/O and no Yjs.'
						}
					]
				}
			]
		}
	},
	{
		// Programs speak to a person at a terminal.
		files: ['scripts/**', 'tests/load/**', 'tests/bench/**', 'tests/sim/**', 'tests/fuzz/**'],
		rules: { 'no-console': 'off' }
	}
);
