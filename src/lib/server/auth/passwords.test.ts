import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { hashPassword, Passwords } from './passwords';

const { verified } = vi.hoisted(() => ({ verified: [] as string[] }));
vi.mock('@node-rs/argon2', async (load) => {
	const argon = await load<typeof import('@node-rs/argon2')>();
	const verify: typeof argon.verify = (hash, ...rest) => {
		verified.push(String(hash));
		return argon.verify(hash, ...rest);
	};
	return { ...argon, verify };
});

beforeEach(() => void verified.splice(0));

function openPasswords() {
	const db = new Database(':memory:');
	onTestFinished(() => void db.close());
	db.exec('CREATE TABLE passwords (user_id TEXT PRIMARY KEY, hash TEXT NOT NULL)');
	return { db, passwords: new Passwords(db, (length) => randomBytes(length)) };
}

it('an unknown user costs the same hashing work as a wrong password', async () => {
	const { passwords } = openPasswords();
	passwords.set('alice', await hashPassword('spools of blue yarn'));

	expect(await passwords.isRight('alice', 'a wrong guess')).toBe(false);
	expect(await passwords.isRight('nobody', 'a wrong guess')).toBe(false);
	expect(await passwords.isRight(undefined, 'a wrong guess')).toBe(false);
	expect(await passwords.isRight('alice', 'spools of blue yarn')).toBe(true);

	// The same function with the same memory and passes, once for each: the part of a hash before its salt says both.
	const costs = verified.map((hash) => hash.split('$').slice(0, 4).join('$'));
	expect(costs).toHaveLength(4);
	expect(new Set(costs)).toEqual(new Set(['$argon2id$v=19$m=19456,t=2,p=1']));
});

it('a password that is changed or taken away while it is verified is right no more', async () => {
	const { db, passwords } = openPasswords();
	const [before, after] = [
		await hashPassword('spools of blue yarn'),
		await hashPassword('spools of red yarn')
	];
	passwords.set('alice', before);
	const changed = passwords.isRight('alice', 'spools of blue yarn');
	passwords.set('alice', after);
	expect(await changed).toBe(false);
	const taken = passwords.isRight('alice', 'spools of red yarn');
	db.exec('DELETE FROM passwords');
	expect(await taken).toBe(false);
});
