/** A relay whose limits the test sets, and whose meters it reads. */
import { keptMeters } from './keptMeters.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { RawLink } from './rawLink.fixture';
import { startRelay, type StartOptions } from './relay.fixture';
import type { RelayLimits } from './limits';

export async function startLimited(limits: Partial<RelayLimits>, options: StartOptions = {}) {
	const kept = keptMeters();
	return { ...kept, ...(await startRelay({ limits, meters: kept.meters, ...options })) };
}

/** The relay's clocks stand still until the test moves them on. */
export async function startTimed(limits: Partial<RelayLimits>) {
	const timers = new ManualTimers();
	const clock = { ms: 0 };
	const started = await startLimited(limits, { timers, elapsedMs: () => clock.ms });
	const advance = (ms: number) => {
		clock.ms += ms;
		timers.advance(ms);
	};
	return { ...started, advance };
}

export async function openLink(url: string, session: string): Promise<RawLink> {
	const link = new RawLink(url, session);
	await link.opened;
	return link;
}
