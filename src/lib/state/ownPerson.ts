import type { Device } from '../sync/device';
import type { Person } from '../domain/people';

/** The user as the server tells of them by now; until it has, as they logged in. */
export function ownPerson({ directory, self }: Pick<Device, 'directory' | 'self'>): Person {
	return directory.self ? { id: self.id, ...directory.self } : self;
}
