import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it, vi } from 'vitest';
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

it('an unknown user costs the same hashing work as a wrong password', async () => {
	const db = new Database(':memory:');
	db.exec('CREATE TABLE passwords (user_id TEXT PRIMARY KEY, hash TEXT NOT NULL)');
	const passwords = new Passwords(db, (length) => randomBytes(length));
	passwords.set('alice', await hashPassword('spools of blue yarn'));

	expect(await passwords.isRight('alice', 'a wrong guess')).toBe(false);
	expect(await passwords.isRight('nobody', 'a wrong guess')).toBe(false);
	expect(await passwords.isRight(undefined, 'a wrong guess')).toBe(false);
	expect(await passwords.isRight('alice', 'spools of blue yarn')).toBe(true);

	// The same function with the same memory and passes, once for each: the part of a hash before its salt says both.
	const costs = verified.map((hash) => hash.split('$').slice(0, 4).join('$'));
	expect(costs).toHaveLength(4);
	expect(new Set(costs)).toEqual(new Set(['$argon2id$v=19$m=19456,t=2,p=1']));
	db.close();
});
