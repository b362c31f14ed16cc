import { publishedRelay } from './publishedRelay.mjs';

/**
 * `npm run dev`: gives the relay the upgrades for /sync, and leaves all others (hot reload) alone. The app makes its
 * relay when it answers its first request, so an early upgrade first asks the app for its health.
 * @returns {import('vite').Plugin}
 */
export function relayPlugin() {
	return {
		name: 'skein-relay',
		configureServer(vite) {
			vite.httpServer?.on('upgrade', (request, socket, head) => {
				if (!/^\/sync([/?]|$)/.test(request.url ?? '')) return;
				socket.on('error', () => socket.destroy());
				runningRelay(request).then(
					(relay) => {
						if (!relay?.handleUpgrade(request, socket, head)) socket.destroy();
					},
					() => socket.destroy()
				);
			});
		}
	};
}

/** @param {import('node:http').IncomingMessage} request */
async function runningRelay(request) {
	if (!publishedRelay()) await fetch(`http://${request.headers.host}/api/health`);
	return publishedRelay();
}
