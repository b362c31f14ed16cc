import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD } from '../testing/apiClient.fixture';

let lab: ApiLab;
beforeEach(async () => void (lab = await new ApiLab().start()));
afterEach(() => lab.stop());

const register = (fields: object) =>
	lab.visitor().post('/api/register', { username: 'alice', password: PASSWORD, ...fields });

describe('registering', () => {
	it('answers with the user and a token, and logs the browser in', async () => {
		const alice = lab.visitor();
		const { status, body } = await alice.register('Alice');
		expect(status).toBe(201);
		expect(body.user).toMatchObject({ username: 'Alice', displayName: 'Alice', createdAt: lab.nowMs });
		expect((await alice.get('/api/me')).body.user.id).toBe(body.user.id);
	});

	it('keeps the email and the displayed name that are given', async () => {
		const { body } = await register({ email: 'alice@example.org', displayName: 'Alice A.' });
		expect(body.user).toMatchObject({ email: 'alice@example.org', displayName: 'Alice A.' });
	});

	it.each(['ALICE', 'Álice', 'ａｌｉｃｅ'])('refuses %s once alice is there', async (username) => {
		await register({});
		const { status, body } = await register({ username });
		expect(status).toBe(409);
		expect(body.error).toEqual({
			code: 'username_taken',
			message: 'This username is taken.',
			field: 'username'
		});
	});

	it('lets exactly one of two who ask for a name at the same time have it', async () => {
		const answers = await Promise.all([register({}), register({ username: 'Alice' })]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
	});

	it.each(['жанна', '小明先生', 'zoë.b-2_x', 'été'])('takes letters of any script: %s', async (username) => {
		expect((await register({ username })).status).toBe(201);
	});

	it.each([
		[{ username: 'al' }, 'username', 'Too short by 1. Use at least 3 characters.'],
		[{ username: 'a'.repeat(33) }, 'username', 'Too long by 1. Use at most 32 characters.'],
		[{ username: 'al ice' }, 'username', 'This may hold letters, digits, dots, dashes and underscores.'],
		[{ username: '...' }, 'username', 'This needs at least one letter or digit.'],
		[{ username: undefined }, 'username', 'This is missing. Fill it in.'],
		[{ username: 7 }, 'username', 'This is not a string.'],
		[{ password: 'seven77' }, 'password', 'Too short by 1. Use at least 8 characters.'],
		[{ password: '' }, 'password', 'This is empty. Fill it in.'],
		[{ password: 'x'.repeat(257) }, 'password', 'Too long by 1. Use at most 256 characters.'],
		[{ password: 'Password1' }, 'password', 'This password is one of the most used ones. Choose another.'],
		[{ email: 'nobody' }, 'email', 'This is not an email address.'],
		[{ displayName: 'a\nb' }, 'displayName', 'This holds control characters.']
	])('refuses %o and says why in plain words', async (fields, field, message) => {
		const { status, body } = await register(fields);
		expect(status).toBe(400);
		expect(body.error).toMatchObject({ field, message });
	});

	// The fillers of Hangul are letters to Unicode; the last two are marks.
	it.each(['\u3164\u3164\u3164', 'alice\u115f', 'al\u1160ice', 'alice\uffa0', 'alice\ufe0f', 'al\u034fice'])(
		'a username holds nothing that cannot be seen: %j',
		async (username) => {
			const { status, body } = await register({ username });
			expect([status, body.error?.field, body.error?.message]).toEqual([
				400,
				'username',
				'This may hold letters, digits, dots, dashes and underscores.'
			]);
		}
	);

	it('keeps names of whoever runs the server for the first account', async () => {
		expect((await register({ username: 'admin' })).status).toBe(201);
		for (const username of ['system', 'Súpport', 'sys-tem', '_SKEIN_', 'moderator']) {
			const { status, body } = await register({ username });
			expect([username, status, body.error?.code]).toEqual([username, 409, 'username_taken']);
		}
		expect((await register({ username: 'systems' })).status).toBe(201);
	});

	it('keeps no name from whom the environment names', async () => {
		await register({});
		lab.server.closeDatabase();
		await lab.start(undefined, { SKEIN_ADMIN: 'Operator' });
		expect((await register({ username: 'operator' })).status).toBe(201);
		expect((await register({ username: 'administrator' })).status).toBe(409);
	});

	// Each has a letter of another alphabet that looks like the one in its place.
	it.each([
		...['\u0430lice', 'r\u043e\u043et', 'ali\u03f2e', 'b\u043eb\u03bf', '\u13aalice', 'h\u0578me'],
		// Letters of formulas are of no alphabet to Unicode: \u{1d744} is a Greek omicron in bold italics.
		...['b\u{1d744}b', '\u{1d6fc}lice'],
		// Of alphabets that hardly anybody writes: Lisu, Coptic, Deseret, Canadian syllabics, Tifinagh.
		...['\ua4d0ob', 'b\u2c9fb', '\u{1042c}bob', 'B\u146db', 'b\u2d54b']
	])('a username mixes no letters that look the same: %j', async (username) => {
		const { status, body } = await register({ username });
		expect([status, body.error?.field, body.error?.message]).toEqual([
			400,
			'username',
			'This mixes alphabets whose letters look the same. Use those of one.'
		]);
	});

	it.each(['жанна.1', 'αλέξης', 'mari小明', 'ハナhana', 'دينا_x', 'ꓐꓳꓐ', 'ⲁⲛⲛⲁ', '김kim', 'ﬁsh', 'ⅷ.a'])(
		'a username mixes letters that nobody takes for one another: %s',
		async (username) => {
			expect((await register({ username })).status).toBe(201);
		}
	);

	it('takes a password of 256 characters', async () => {
		expect((await register({ password: 'long '.repeat(51) + 'x' })).status).toBe(201);
	});

	it('tells the person who they are in their directory document', async () => {
		const alice = await lab.person('alice', 'Alice');
		expect(lab.relay.facts(`directory/${alice.id}`)).toEqual({
			self: { username: 'alice', displayName: 'Alice' }
		});
	});
});
