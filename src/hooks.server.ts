/**
 * Starts the server's parts when the process starts, and puts them at the hand of every request. They hang on global
 * symbols and not in a module: in development this file is evaluated anew while the database stays open, and whoever
 * owns the HTTP server attaches the relay to it from outside.
 */
import { randomBytes } from 'node:crypto';
import { building } from '$app/environment';
import { env } from '$env/dynamic/private';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { createServer, relayOnSqlite } from '$lib/server/app';
import { createHandle } from '$lib/server/http/handle';
import { createLog } from '$lib/server/log';
import { readSettings } from '$lib/server/settings';
import type { SkeinServer } from '$lib/server/skeinServer';

const SERVER = Symbol.for('skein.server');
const RELAY = Symbol.for('skein.relay');
const running = globalThis as { [SERVER]?: Promise<SkeinServer>; [RELAY]?: unknown };

async function start(): Promise<SkeinServer> {
	const settings = readSettings(env);
	const server = await createServer(settings, {
		now: () => Date.now(),
		randomBytes: (length) => randomBytes(length),
		log: createLog(settings.logLevel),
		makeRelay: relayOnSqlite
	});
	// The production entry closes the relay, lets the last requests end, and then says so by this name.
	process.once('sveltekit:shutdown', () => server.closeDatabase());
	running[RELAY] = server.relay;
	return server;
}

export const init: ServerInit = async () => {
	if (!building) await (running[SERVER] ??= start());
};

const handleRunning = createHandle(async () => {
	if (!running[SERVER]) throw new Error('the server has not been started');
	return running[SERVER];
});

export const handle: Handle = (input) => (building ? input.resolve(input.event) : handleRunning(input));
