/** What `GET /metrics` tells: one registry for each server, nothing shared between two in one process. */
import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import { RelayCounts } from './relayCounts';
import type { RelayStats } from '../relayPort';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export class Metrics {
	readonly #registry = new Registry();
	readonly #requests: Counter<'method' | 'route' | 'status'>;
	#stats: () => RelayStats | undefined = () => undefined;
	/** What the relay counts by. */
	readonly relay = new RelayCounts(this.#registry, () => this.#stats());

	/** `ofProcess`: tells of the process too (memory, processor, event loop), which only one in a process should. */
	constructor({ ofProcess }: { readonly ofProcess: boolean }) {
		if (ofProcess) collectDefaultMetrics({ register: this.#registry });
		this.#requests = new Counter({
			name: 'skein_http_requests_total',
			help: 'Requests answered, by route and status',
			labelNames: ['method', 'route', 'status'],
			registers: [this.#registry]
		});
	}

	/** From now on tells how the relay stands. */
	watch(stats: (() => RelayStats) | undefined): void {
		if (stats) this.#stats = stats;
	}

	/** A request was answered. `route` is null if there is none at the address. */
	answered(request: {
		readonly method: string;
		readonly route: string | null;
		readonly status: number;
	}): void {
		const method = METHODS.has(request.method) ? request.method : 'other';
		this.#requests.inc({ method, route: request.route ?? 'none', status: String(request.status) });
	}

	/** All of it in Prometheus' text format, and that format's name. */
	async read(): Promise<{ readonly text: string; readonly contentType: string }> {
		return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
	}
}
