/**
 * The real routes over a real SQLite file in a folder of its own, without a network: requests go through the same
 * handle and the same route modules as in the running server.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { RequestEvent } from '@sveltejs/kit';
import { ApiClient } from './apiClient.fixture';
import { FakeRelay } from './fakeRelay.fixture';
import { findRoute } from './routeTable.fixture';
import { mintUserId } from '../../domain/ids';
import { createServer } from '../app';
import type { SkeinServer } from '../skeinServer';
import { createHandle } from '../http/handle';
import { createLog } from '../log';
import { openDatabase } from '../database';
import type { MakeRelay } from '../relayPort';
import { readSettings } from '../settings';

export class ApiLab {
	readonly folder: string;
	readonly relay = new FakeRelay();
	/** Milliseconds since 1970, as the server reads them: a test moves it on. */
	nowMs = 1_700_000_000_000;
	/** Where requests come from. */
	address = '203.0.113.7';
	#server: SkeinServer | undefined;

	/** On a folder of another lab it finds what that one left. */
	constructor(folder = mkdtempSync(join(tmpdir(), 'skein-api-'))) {
		this.folder = folder;
	}

	get server(): SkeinServer {
		if (!this.#server) throw new Error('start the lab first');
		return this.#server;
	}

	/** Starts the server; started again, it finds what the one before left on disk. */
	async start(
		makeRelay: MakeRelay = () => this.relay,
		env: Record<string, string> = {},
		log: Logger = createLog('silent')
	): Promise<this> {
		this.#server = await createServer(
			readSettings({ SKEIN_DATA: this.folder, SKEIN_LOG: 'silent', SKEIN_RATE_FACTOR: '0', ...env }),
			{
				now: () => this.nowMs,
				randomBytes: (length) => randomBytes(length),
				log,
				makeRelay
			}
		);
		return this;
	}

	async stop(): Promise<void> {
		await this.#server?.relay.close();
		this.#server?.closeDatabase();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** From now on what the database does not know may have been in a newer one: this one is a copy that was put back. */
	noteRestored(): void {
		const database = openDatabase(join(this.folder, 'skein.db'));
		database
			.prepare("INSERT INTO server_settings (name, value) VALUES ('restored', ?)")
			.run(String(this.nowMs));
		database.close();
	}

	/** Someone who is not logged in. */
	visitor(origin = 'http://localhost:3000'): ApiClient {
		return new ApiClient(this.fetch, origin);
	}

	/** A client that has registered and holds the session in its cookie. */
	async person(username: string, displayName = username): Promise<ApiClient> {
		const client = this.visitor();
		await client.register(username, displayName);
		return client;
	}

	/** The id of an account that is made behind the API's back, without the work of a password. */
	userOf(username: string): string {
		const user = { id: mintUserId(randomBytes), username, displayName: username, createdAt: this.nowMs };
		this.server.people.insert(user);
		return user.id;
	}

	/** Answers a request as the server would. */
	readonly fetch = async (request: Request): Promise<Response> => {
		const url = new URL(request.url);
		const { module, params, id } = await findRoute(url.pathname);
		const asked = { request, url, params, route: { id }, getClientAddress: () => this.address };
		const event = { ...asked, locals: {} } as unknown as RequestEvent;
		const handle = createHandle(() => this.server);
		return handle({
			event,
			resolve: async () => {
				const route = module?.[request.method];
				if (route) return route(event);
				return module
					? new Response('no', { status: 405, headers: { allow: Object.keys(module).join(', ') } })
					: new Response('no', { status: 404 });
			}
		});
	};
}
