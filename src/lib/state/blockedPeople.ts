import type { Device } from '../sync/device';
import type { Person } from '../domain/people';

/** Whom one has blocked, by name. */
export function blockedPeople({ directory }: Device): readonly Person[] {
	const byName = new Intl.Collator();
	return [...directory.blocked.values()].sort((a, b) => byName.compare(a.displayName, b.displayName));
}
