import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatEntryId, KIND, logName, parseEntryId, parseLogName } from './entry';
import { SYSTEM_USER } from './ids';

describe('entry ids', () => {
	it('read back as they were written', () => {
		fc.assert(
			fc.property(fc.nat(999_999_999), fc.nat(2 ** 32 - 1), fc.nat(2 ** 30 - 1), (segment, client, s) => {
				expect(parseEntryId(formatEntryId({ segment, client, s }))).toEqual({ segment, client, s });
			})
		);
	});

	it.each([
		'',
		'1.2',
		'1.2.3.4',
		'01.2.3',
		'1.02.3',
		'-1.2.3',
		'1.2.3 ',
		'1.2.3\n',
		'1.2.x',
		'1..3',
		'1e3.2.3',
		'0.99999999999.1'
	])('are not %j', (id) => expect(parseEntryId(id)).toBeUndefined());
});

describe('log names', () => {
	it('hold author and client id', () => {
		expect(parseLogName(logName('a'.repeat(16), 7))).toEqual({ author: 'a'.repeat(16), client: 7 });
		expect(parseLogName(logName(SYSTEM_USER, 0))).toEqual({ author: SYSTEM_USER, client: 0 });
	});

	it.each(['', 'a', 'a:', ':1', 'a:01', 'a:-1', 'A:1', 'a:1:2', 'a:1\n', 'a b:1', 'a:99999999999'])(
		'are not %j',
		(name) => expect(parseLogName(name)).toBeUndefined()
	);
});

describe('kinds', () => {
	it('have the numbers that are on disk', () => {
		expect(KIND).toEqual({
			message: 1,
			edit: 2,
			redaction: 3,
			reaction: 4,
			receipt: 5,
			system: 6,
			set: 7,
			pin: 8
		});
	});
});
