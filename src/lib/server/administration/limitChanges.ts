/** An administrator changes limits: it stands in the audit log, and holds for whatever is asked next. */
import type { Administration } from './administration';
import type { ServerLimits } from './serverLimits';
import type { RateLimits } from '../limits/rateLimits';
import type { RelayPort } from '../relayPort';
import type { UserId } from '../../domain/ids';
import { SETTABLE_LIMIT_NAMES, type SettableLimit } from '../../protocol/serverLimits';

interface LimitChangesParts {
	readonly limits: ServerLimits;
	readonly administration: Administration;
	readonly rates: RateLimits;
	readonly relay: Pick<RelayPort, 'limit'>;
}

export class LimitChanges {
	readonly #parts: LimitChangesParts;

	constructor(parts: LimitChangesParts) {
		this.#parts = parts;
	}

	/** Within a transaction of the caller; {@link apply} comes after it. `null`: what holds if nobody sets it. */
	set(actor: UserId, wanted: Readonly<Partial<Record<SettableLimit, number | null | undefined>>>): void {
		const { limits, administration } = this.#parts;
		for (const name of SETTABLE_LIMIT_NAMES) {
			const value = wanted[name];
			if (value === undefined || !limits.set(name, value)) continue;
			administration.note(actor, 'limit-set', '', { limit: { name, value: limits.get(name) ?? null } });
		}
	}

	/** Holds those to it who keep limits by themselves. */
	apply(): void {
		const { limits, rates, relay } = this.#parts;
		relay.limit(limits.ofRelay);
		rates.setTimes('register', limits.get('registrationsPerHour'));
	}
}
