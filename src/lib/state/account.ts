/**
 * Who is logged in on this browser profile, as this browser remembers it: known with no network. Not a proof of
 * anything: the server asks for the session at every request.
 */
import { forgetUnsent } from './lostCopy';
import type { Person } from '../domain/people';
import type { UserId } from '../domain/ids';

const ACCOUNT = 'skein.account';
const ACCOUNTS = 'skein.accounts';
const WIPES = 'skein.wipes';
const LOGOUT = 'skein.logout-pending';

export interface Account {
	readonly user: Person;
}

/** The account whose conversations this browser shows; undefined if nobody is logged in. */
export function readAccount(storage: Storage = localStorage): Account | undefined {
	const user = read<Person>(storage, ACCOUNT);
	return typeof user?.id === 'string' && typeof user.username === 'string' ? { user } : undefined;
}

/** After registering or logging in. */
export function rememberAccount(
	{ id, username, displayName }: Person,
	storage: Storage = localStorage
): void {
	storage.setItem(ACCOUNT, JSON.stringify({ id, username, displayName }));
	storage.setItem(ACCOUNTS, JSON.stringify([...new Set([...accountsHere(storage), id])]));
	storage.removeItem(LOGOUT);
}

/** This browser knows the account by the name that it has now, wherever it was changed. */
export function followNames(told: Person, storage: Storage = localStorage): void {
	const kept = readAccount(storage)?.user;
	if (kept?.id !== told.id) return;
	if (told.username !== kept.username || told.displayName !== kept.displayName)
		rememberAccount(told, storage);
}

/** Everyone with data in this browser profile. */
export const accountsHere = (storage: Storage = localStorage): UserId[] =>
	read<UserId[]>(storage, ACCOUNTS) ?? [];

/** Takes the account off this browser and notes that its data must go, in case the browser closes meanwhile. */
export function forgetAccount(user: UserId, storage: Storage = localStorage): void {
	if (readAccount(storage)?.user.id === user) storage.removeItem(ACCOUNT);
	forgetUnsent(user, storage);
	storage.setItem(ACCOUNTS, JSON.stringify(accountsHere(storage).filter((id) => id !== user)));
	storage.setItem(WIPES, JSON.stringify([...new Set([...wipesDue(storage), user])]));
}

/** Calls back when another tab has logged the account out, or another one in. Returns the way to end that. */
export function whenForgotten(
	user: UserId,
	onForgotten: () => void,
	storage: Storage = localStorage
): () => void {
	const look = ({ key }: StorageEvent) => {
		// Without a key all of it was cleared.
		if ((key === null || key === ACCOUNT) && readAccount(storage)?.user.id !== user) onForgotten();
	};
	addEventListener('storage', look);
	return () => removeEventListener('storage', look);
}

/** Accounts whose data is still to be deleted. */
export const wipesDue = (storage: Storage = localStorage): UserId[] => read<UserId[]>(storage, WIPES) ?? [];

export function wipeDone(user: UserId, storage: Storage = localStorage): void {
	storage.setItem(WIPES, JSON.stringify(wipesDue(storage).filter((id) => id !== user)));
}

/** Logged out without network: the cookie is out of a script's reach, so the session ends with the next connection. */
export const setLogoutPending = (storage: Storage = localStorage): void => storage.setItem(LOGOUT, '1');
export const isLogoutPending = (storage: Storage = localStorage): boolean => storage.getItem(LOGOUT) !== null;
export const clearLogoutPending = (storage: Storage = localStorage): void => storage.removeItem(LOGOUT);

function read<T>(storage: Storage, key: string): T | undefined {
	const text = storage.getItem(key);
	if (text === null) return undefined;
	try {
		return JSON.parse(text) as T;
	} catch {
		// Something else wrote under our name: as good as nothing.
		return undefined;
	}
}
