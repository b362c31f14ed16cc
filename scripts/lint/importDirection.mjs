/**
 * The direction of imports (DESIGN section 9) as an ESLint rule: a file may import from its own layer and from those
 * listed for it, and from nowhere else in the project. Type imports count too: a type is knowledge.
 * Deliberately absent: packages. Where a layer must not touch one, no-restricted-imports says so.
 */
import { dirname, posix, relative, resolve } from 'node:path';

const BASE = ['domain', 'protocol', 'conversation'];

/** @type {Readonly<Record<string, { readonly at: RegExp, readonly from: readonly string[] }>>} */
const LAYERS = {
	domain: { at: /^src\/lib\/domain\//, from: [] },
	protocol: { at: /^src\/lib\/protocol\//, from: ['domain'] },
	conversation: { at: /^src\/lib\/conversation\//, from: ['domain', 'protocol'] },
	sync: { at: /^src\/lib\/sync\//, from: BASE },
	state: { at: /^src\/lib\/state\//, from: [...BASE, 'sync'] },
	ui: { at: /^src\/lib\/ui\//, from: [...BASE, 'sync', 'state'] },
	// Where the server is put together: the only places that know the relay.
	composition: { at: /^src\/lib\/server\/(app|relayAlone)\.ts$/, from: [...BASE, 'server', 'relay'] },
	server: { at: /^src\/lib\/server\//, from: BASE },
	relay: { at: /^sync-server\//, from: BASE },
	serverRoutes: {
		at: /^src\/(hooks\.server\.ts$|routes\/(.*\/)?(\+server|\+[a-z]+\.server)\.ts$|routes\/api\/.*\.ts$)/,
		from: [...BASE, 'server', 'composition', 'relay', 'routes']
	},
	routes: { at: /^src\/routes\//, from: [...BASE, 'sync', 'state', 'ui'] }
};

/** Layers that a test may use besides: those of the people it stands in for. */
const TEST = /\.(test|fixture)\.ts$/;

/** @param {string} path relative to the root, with slashes */
export const layerOf = (path) => Object.keys(LAYERS).find((name) => LAYERS[name]?.at.test(path));

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			wrong:
				'{{from}} may not import {{to}}: the direction is domain ← protocol ← conversation ← sync ← state ← ui ← routes.'
		}
	},
	create(context) {
		const path = posixPath(relative(context.cwd, context.filename));
		const from = layerOf(path);
		if (!from || TEST.test(path)) return {};
		/** @param {{ source?: unknown }} node */
		const check = ({ source }) => {
			const target = source && typeof source === 'object' && 'value' in source ? source.value : undefined;
			const to = typeof target === 'string' ? targetLayer(context.cwd, context.filename, target) : undefined;
			if (!to || to === from || LAYERS[from]?.from.includes(to)) return;
			context.report({ node: /** @type {any} */ (source), messageId: 'wrong', data: { from, to } });
		};
		return {
			ImportDeclaration: check,
			ImportExpression: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			TSImportType: check
		};
	}
};

/**
 * @param {string} root
 * @param {string} file
 * @param {string} target
 */
function targetLayer(root, file, target) {
	if (target.startsWith('$lib/')) return layerOf(withExtension(posix.join('src/lib', target.slice(5))));
	if (!target.startsWith('.')) return undefined;
	return layerOf(withExtension(posixPath(relative(root, resolve(dirname(file), target)))));
}

/** @param {string} path */
const withExtension = (path) => (/\.[a-z]+$/.test(path) ? path : `${path}.ts`);

/** @param {string} path */
const posixPath = (path) => path.replaceAll('\\', '/');
