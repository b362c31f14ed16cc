import { email } from './requests/fields';
import { describe, expect, it } from 'vitest';
import {
	createConversationSchema,
	loginSchema,
	registerSchema,
	sendMessageSchema,
	updateProfileSchema
} from './rest';
import { MEMBERS_MAX, MESSAGE_TEXT_MAX } from '../domain/limits';

const ALICE = 'a'.repeat(16);
const GROUP = '018bcfe5-6800-7000-8000-000000000000';
const password = 'correct horse';

describe('what registering takes', () => {
	it.each(['abc', 'Ünïcödé', '北京市', 'a.b_c-d', 'x'.repeat(32), 'ก็อต'])(
		'takes the username %j',
		(username) => {
			expect(registerSchema.parse({ username, password }).username).toBe(username.normalize('NFC'));
		}
	);

	it('trims a username and composes its characters', () => {
		expect(registerSchema.parse({ username: ' u\u0308ber ', password }).username).toBe('über');
	});

	it.each([
		'ab',
		'x'.repeat(33),
		'a b',
		'a/b',
		'a@b',
		'a:b',
		'😀😀😀',
		'a\u200bbc',
		'<b>x</b>',
		'   ',
		'a\nbc'
	])('refuses the username %j', (username) =>
		expect(registerSchema.safeParse({ username, password }).success).toBe(false)
	);

	it('refuses a password that is too short or too long, and keeps its blanks', () => {
		expect(registerSchema.parse({ username: 'alice', password: '  spaces  ' }).password).toBe('  spaces  ');
		for (const wrong of ['1234567', 'x'.repeat(257), 12_345_678, undefined]) {
			expect(registerSchema.safeParse({ username: 'alice', password: wrong }).success).toBe(false);
		}
	});

	it('takes a display name of one line alone', () => {
		expect(registerSchema.parse({ username: 'alice', password, displayName: ' Alice 👋 ' }).displayName).toBe(
			'Alice 👋'
		);
		expect(registerSchema.safeParse({ username: 'alice', password, displayName: 'A\u0007' }).success).toBe(
			false
		);
		expect(registerSchema.safeParse({ username: 'alice', password, displayName: 'A\nB' }).success).toBe(
			false
		);
		expect(updateProfileSchema.safeParse({ displayName: '  ' }).success).toBe(false);
	});

	it('refuses what is no e-mail address', () => {
		expect(
			registerSchema.safeParse({ username: 'alice', password, email: 'alice@example.org' }).success
		).toBe(true);
		expect(registerSchema.safeParse({ username: 'alice', password, email: 'alice' }).success).toBe(false);
	});
});

describe('an e-mail address', () => {
	it.each([
		'a@example.org\r\nBcc: b@example.org',
		'a@example.org\n',
		'a@example.org, b@example.org',
		'a@example.org;b@example.org',
		'"a\r\nBcc: b"@example.org',
		'<a@example.org>',
		'A <a@example.org>',
		'a@example.org\0',
		'a@example.org\u2028'
	])('that would say more than whom a mail is for is refused: %j', (address) => {
		expect(email.safeParse(address).success).toBe(false);
	});
});

describe('what logging in takes', () => {
	it('bounds what would be hashed', () => {
		expect(loginSchema.safeParse({ username: 'alice', password: 'x'.repeat(257) }).success).toBe(false);
		expect(loginSchema.safeParse({ username: 'x'.repeat(255), password }).success).toBe(false);
	});
});

describe('what starting a conversation takes', () => {
	it('takes an id that the device minted, and none that it could not have', () => {
		const fine = { id: GROUP, kind: 'group', members: [ALICE], name: 'Trip' };
		expect(createConversationSchema.safeParse(fine).success).toBe(true);
		for (const wrong of [
			{ id: 'x' },
			{ kind: 'channel' },
			{ members: ['system'] },
			{ members: Array(MEMBERS_MAX + 1).fill(ALICE) },
			{ name: 'x'.repeat(81) }
		]) {
			expect(createConversationSchema.safeParse({ ...fine, ...wrong }).success).toBe(false);
		}
	});
});

describe('what sending a message takes', () => {
	it('takes a conversation or a user, never both or neither', () => {
		expect(sendMessageSchema.safeParse({ conversationId: GROUP, text: 'hi' }).success).toBe(true);
		expect(
			sendMessageSchema.safeParse({ userId: ALICE, text: 'hi', replyTo: '0.1.2', key: 'k' }).success
		).toBe(true);
		expect(sendMessageSchema.safeParse({ text: 'hi' }).success).toBe(false);
		expect(sendMessageSchema.safeParse({ conversationId: GROUP, userId: ALICE, text: 'hi' }).success).toBe(
			false
		);
	});

	it('refuses an empty or over-long text, a reply to no message and an empty key', () => {
		for (const wrong of [
			{ text: '' },
			{ text: 'x'.repeat(MESSAGE_TEXT_MAX + 1) },
			{ replyTo: '1' },
			{ key: '' }
		]) {
			expect(sendMessageSchema.safeParse({ userId: ALICE, text: 'hi', ...wrong }).success).toBe(false);
		}
	});
});
