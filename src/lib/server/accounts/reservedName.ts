import { nameKey } from './nameKey';

/** What people take for whoever runs the server, or for the server itself. */
const RESERVED = new Set([
	'admin',
	'administrator',
	'moderator',
	'operator',
	'security',
	'skein',
	'support',
	'system'
]);

/** True for such a name, however its letters are parted: `sys.tem`, `_Admin_`. */
export const isReservedName = (username: string): boolean =>
	RESERVED.has(nameKey(username).replace(/[._-]/g, ''));
