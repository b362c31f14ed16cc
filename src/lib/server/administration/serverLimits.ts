/**
 * The limits that administrators set, over those that hold if nobody does. Each is read where it is needed, so a change
 * holds at once for the app; the relay is told, and reads them from here when it starts.
 */
import type { Database } from 'better-sqlite3';
import { SETTABLE_LIMIT_NAMES, type SettableLimit } from '../../protocol/serverLimits';
import type { RelayLimitSettings } from '../relayPort';

/** What holds if nobody sets it; undefined for no limit. */
export type StandardLimits = Readonly<Record<SettableLimit, number | undefined>>;

export interface LimitInForce {
	readonly name: SettableLimit;
	/** Undefined for no limit. */
	readonly value: number | undefined;
	/** What holds if nobody sets it. */
	readonly standard: number | undefined;
	readonly isSet: boolean;
}

const MB = 1_000_000;

export class ServerLimits {
	readonly #standard: StandardLimits;
	readonly #read;
	readonly #write;
	readonly #clear;

	constructor({ db, standard }: { db: Database; standard: StandardLimits }) {
		this.#standard = standard;
		this.#read = db.prepare<[string], string>('SELECT value FROM server_settings WHERE name = ?').pluck();
		this.#write = db.prepare<[string, string]>(
			'INSERT INTO server_settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
		);
		this.#clear = db.prepare<[string]>('DELETE FROM server_settings WHERE name = ?');
	}

	/** Undefined for no limit. */
	get(name: SettableLimit): number | undefined {
		return this.#set(name) ?? this.#standard[name];
	}

	get all(): LimitInForce[] {
		return SETTABLE_LIMIT_NAMES.map((name) => ({
			name,
			value: this.get(name),
			standard: this.#standard[name],
			isSet: this.#set(name) !== undefined
		}));
	}

	/** `null`: what holds if nobody sets it. Within a transaction of the caller. False if that is so already. */
	set(name: SettableLimit, value: number | null): boolean {
		if (value === (this.#set(name) ?? null)) return false;
		if (value === null) this.#clear.run(keyOf(name));
		else this.#write.run(keyOf(name), String(value));
		return true;
	}

	/** Those that the relay holds people to. */
	get ofRelay(): RelayLimitSettings {
		const [userStoreMb, roomStoreMb, socketsMax] = [
			this.get('userStoreMb'),
			this.get('roomStoreMb'),
			this.get('userSockets')
		];
		return {
			...(socketsMax !== undefined && { socketsMax }),
			...(roomStoreMb !== undefined && { roomBytesMax: roomStoreMb * MB }),
			...(userStoreMb !== undefined && { userBytesMax: userStoreMb * MB })
		};
	}

	#set(name: SettableLimit): number | undefined {
		const value = this.#read.get(keyOf(name));
		return value === undefined ? undefined : Number(value);
	}
}

const keyOf = (name: SettableLimit): string => `limit.${name}`;
