import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { allowsUpgradeFrom } from './origin';
import { readSettings } from '../settings';

function allows(headers: Record<string, string>, env: Record<string, string> = {}): boolean {
	const request = new IncomingMessage(new Socket());
	Object.assign(request.headers, headers);
	return allowsUpgradeFrom(request, readSettings(env));
}

describe('a WebSocket upgrade', () => {
	it('is allowed from a page of the address that it came to', () => {
		expect(allows({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(true);
		expect(allows({ host: 'chat.example', origin: 'http://chat.example' })).toBe(true);
	});

	it.each([
		'http://evil.example',
		'https://localhost:3000',
		'http://localhost:3001',
		'http://localhost:30001',
		'http://localhost:3000.evil.example',
		'http://localhost:3000@evil.example',
		'http://localhost:3000/',
		'http://evil.localhost:3000',
		'null',
		''
	])('is refused from %s', (origin) => expect(allows({ host: 'localhost:3000', origin })).toBe(false));

	it('is allowed without an Origin, as from a client that is no browser', () => {
		expect(allows({ host: 'localhost:3000' })).toBe(true);
	});

	it('follows ORIGIN whatever the Host says', () => {
		const env = { ORIGIN: 'https://chat.example/' };
		expect(allows({ host: 'evil.example', origin: 'http://evil.example' }, env)).toBe(false);
		expect(allows({ host: '10.0.0.1:3000', origin: 'https://chat.example' }, env)).toBe(true);
	});

	it('follows the headers that the entry or a trusted proxy fills in', () => {
		const env = { PROTOCOL_HEADER: 'X-Forwarded-Proto', HOST_HEADER: 'X-Forwarded-Host' };
		const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example', host: '10.0.0.1' };
		expect(allows({ ...headers, origin: 'https://chat.example' }, env)).toBe(true);
		expect(allows({ ...headers, origin: 'http://chat.example' }, env)).toBe(false);
		expect(allows({ ...headers, origin: 'https://chat.example' })).toBe(false);
	});

	it('takes of many proxies the first, which the browser spoke to', () => {
		const env = { PROTOCOL_HEADER: 'X-Forwarded-Proto', HOST_HEADER: 'X-Forwarded-Host' };
		const headers = { 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'chat.example, 10.0.0.1' };
		expect(allows({ ...headers, origin: 'https://chat.example' }, env)).toBe(true);
		expect(allows({ ...headers, origin: 'http://10.0.0.1' }, env)).toBe(false);
	});

	it('is of https on a connection that is encrypted', () => {
		const request = new IncomingMessage(new TLSSocket(new Socket()));
		const allowsPage = (origin: string) => {
			Object.assign(request.headers, { host: 'chat.example', origin });
			return allowsUpgradeFrom(request, readSettings({}));
		};
		expect([allowsPage('https://chat.example'), allowsPage('http://chat.example')]).toEqual([true, false]);
	});

	it('is refused from any page if it names no host', () => {
		expect(allows({ origin: 'http://localhost:3000' })).toBe(false);
	});
});
