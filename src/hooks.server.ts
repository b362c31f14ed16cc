/**
 * Starts the server's parts when the process starts, and puts them at the hand of every request. They hang on global
 * symbols and not in a module: in development this file is evaluated anew while the database stays open, and whoever
 * owns the HTTP server attaches the relay to it from outside.
 */
import { randomBytes } from 'node:crypto';
import { building } from '$app/environment';
import { env } from '$env/dynamic/private';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { createServer, relayFor } from '$lib/server/app';
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
		makeRelay: relayFor(settings),
		ownsProcess: true
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

/** Into the log like everything else: SvelteKit's own words would stand in colour between its lines. */
export const handleError: HandleServerError = async ({ error, event, status }) => {
	const server = await running[SERVER];
	if (status >= 500) server?.log.error({ err: error, route: event.route.id }, 'a request failed');
	if (status >= 500) return { message: 'Something went wrong on the server.' };
	return {
		message: status === 404 ? 'There is nothing at this address.' : 'The request was refused.'
	};
};
