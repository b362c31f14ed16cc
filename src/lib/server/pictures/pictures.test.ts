import { deflateSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packedText, png } from './png.fixture';
import { PICTURE_BYTES_MAX, PICTURE_SIDE, PICTURE_UPLOAD_BYTES_MAX } from '../../domain/limits';
import { directConversationId } from '../../domain/ids';
import { directoryRoom, infoRoom } from '../../protocol/rooms';
import type { ApiClient } from '../testing/apiClient.fixture';
import { ApiLab } from '../testing/apiLab.fixture';
import { HeldBody } from '../testing/heldBody.fixture';

const MARKUP = '<script>alert(1)</script>';
const SMALL = png({ width: 3, height: 2 });

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

const set = (bytes: Uint8Array, type = 'image/png', who = alice) =>
	who.upload('/api/me/picture', bytes, type);

/** The bytes that are served for a picture that was just set. */
async function served(bytes: Uint8Array, type?: string): Promise<Buffer> {
	const answer = await set(bytes, type);
	expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
	const response = await alice.download(`/api/pictures/${answer.body.user.picture}`);
	expect(response.status).toBe(200);
	return Buffer.from(await response.arrayBuffer());
}

function picturesKept(): number {
	const db = new SqliteDatabase(join(lab.folder, 'skein.db'), { readonly: true });
	try {
		return Number(db.prepare('SELECT count(*) FROM pictures').pluck().get());
	} finally {
		db.close();
	}
}

/** A photograph on its side, as cameras make them: red above blue once it is upright. */
const photo = (): Promise<Buffer> =>
	sharp({ create: { width: 400, height: 200, channels: 3, background: 'blue' } })
		.composite([
			{ input: { create: { width: 200, height: 200, channels: 3, background: 'red' } }, left: 0, top: 0 }
		])
		.withMetadata({ orientation: 6 })
		.withExifMerge({ IFD0: { Artist: MARKUP }, IFD3: { GPSLatitudeRef: 'N' } })
		.jpeg()
		.toBuffer();

describe('a picture', () => {
	it.each(['png', 'jpeg', 'webp'] as const)('may be %s, and becomes a square WebP', async (format) => {
		const bytes = await sharp({ create: { width: 300, height: 120, channels: 3, background: 'teal' } })
			.toFormat(format)
			.toBuffer();
		const square = await served(bytes, `image/${format}`);
		expect(await sharp(square).metadata()).toMatchObject({
			format: 'webp',
			width: PICTURE_SIDE,
			height: PICTURE_SIDE
		});
	});

	it('stays small, however little of it can be foreseen', async () => {
		const noise = { type: 'gaussian', mean: 128, sigma: 90 } as const;
		const bytes = await sharp({ create: { width: 900, height: 900, channels: 3, noise, background: 'red' } })
			.jpeg()
			.toBuffer();
		expect((await served(bytes, 'image/jpeg')).length).toBeLessThanOrEqual(PICTURE_BYTES_MAX);
	});

	it('loses all that a camera wrote beside it, and stands upright', async () => {
		const taken = await photo();
		expect(taken.includes(MARKUP)).toBe(true);
		const square = await served(taken, 'image/jpeg');
		const { exif, icc, xmp, iptc, orientation } = await sharp(square).metadata();
		expect([exif, icc, xmp, iptc, orientation]).toEqual(Array(5).fill(undefined));
		expect(square.includes(MARKUP)).toBe(false);
		const { data } = await sharp(square).raw().toBuffer({ resolveWithObject: true });
		const [top, bottom] = [data.subarray(0, 3), data.subarray(-3)];
		expect([top[0]! > 200, bottom[2]! > 200]).toEqual([true, true]);
	});

	it('loses text chunks, and what is glued to its end', async () => {
		const text = Buffer.from(`Comment\0${MARKUP}`, 'latin1');
		const bytes = png({ width: 4, height: 4, chunks: [['tEXt', text]] });
		const square = await served(Buffer.concat([bytes, Buffer.from(`<html>${MARKUP}`)]));
		expect(square.includes('script')).toBe(false);
		expect(square.subarray(0, 4).toString()).toBe('RIFF');
	});

	it('is the first image of an animation', async () => {
		const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
		const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 255), Buffer.alloc(8 * 8 * 3, 0)]);
		const animation = await sharp(frames, { raw })
			.webp({ loop: 0, delay: [100, 100] })
			.toBuffer();
		expect((await sharp(animation).metadata()).pages).toBe(2);
		const square = await served(animation, 'image/webp');
		expect((await sharp(square).metadata()).pages).toBeUndefined();
		expect((await sharp(square).stats()).channels[0]?.mean).toBeGreaterThan(200);
	});
});

describe('what is refused as a picture', () => {
	it.each([
		['text/html', `<html>${MARKUP}</html>`],
		['image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${MARKUP}</svg>`],
		['image/gif', 'GIF89a'],
		['application/json', '{}'],
		['', 'x']
	])('the type %j', async (type, bytes) => {
		const answer = await set(Buffer.from(bytes), type);
		expect([answer.status, answer.body.error.code]).toEqual([415, 'not_a_picture']);
	});

	it.each([
		['nothing', ''],
		['a page', `<!doctype html>${MARKUP}`],
		['a drawing', `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${MARKUP}</svg>`],
		['a GIF', 'GIF89a\x01\0\x01\0\0\0\0;'],
		['a document', '%PDF-1.4\n%%EOF'],
		['a bitmap of text', 'P1 2 2 1 0 0 1'],
		['the beginning of a PNG', Buffer.from(SMALL.subarray(0, 40)).toString('latin1')]
	])('%s that calls itself a PNG', async (_, bytes) => {
		const answer = await set(Buffer.from(bytes, 'latin1'));
		expect([answer.status, answer.body.error.code]).toEqual([400, 'not_a_picture']);
	});

	it('more bytes than may be, also where the length is not said first', async () => {
		const long = Buffer.concat([SMALL, Buffer.alloc(PICTURE_UPLOAD_BYTES_MAX)]);
		expect((await set(long)).status).toBe(413);
		const headers = { 'content-type': 'image/png', 'content-length': '10' };
		expect((await alice.send('PUT', '/api/me/picture', long, headers)).status).toBe(413);
	});

	it('more pixels than may be, unseen: a file of 50 kB that would unpack to 7.5 GB', async () => {
		const before = process.memoryUsage().rss;
		const bomb = png({ width: 50_000, height: 50_000, pixels: deflateSync(Buffer.alloc(50_000_000)) });
		const answer = await set(bomb);
		expect([answer.status, answer.body.error.code]).toEqual([400, 'too_many_pixels']);
		expect(answer.body.error.message).toContain('50000 by 50000');
		expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
	});

	it('a line of pixels that is a million long', async () => {
		const answer = await set(png({ width: 1_000_000, height: 1 }));
		expect(answer.status).toBe(400);
	});

	it('anything from somebody who is not logged in', async () => {
		expect((await set(SMALL, 'image/png', lab.visitor())).status).toBe(401);
	});

	it('anything from another site', async () => {
		const headers = { 'content-type': 'image/png', origin: 'https://evil.example' };
		expect((await alice.send('PUT', '/api/me/picture', SMALL, headers)).status).toBe(403);
	});
});

it('text that unpacks to a hundred megabytes, twice, is not unpacked', async () => {
	const before = process.memoryUsage().rss;
	const chunks = [packedText('one', 100_000_000), packedText('two', 100_000_000)];
	await served(png({ width: 4, height: 4, chunks }));
	expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

it('another picture under an Idempotency-Key that was used before is refused, and the same one answered again', async () => {
	const { id } = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation;
	for (const path of ['/api/me/picture', `/api/conversations/${id}/picture`]) {
		const headers = { 'content-type': 'image/png', 'idempotency-key': path };
		const put = (bytes: Uint8Array) => alice.send('PUT', path, bytes, headers);
		const first = await put(SMALL);
		expect(first.status).toBe(200);
		expect((await put(SMALL)).body).toEqual(first.body);
		const other = await put(png({ width: 5, height: 5 }));
		expect([other.status, other.body.error?.code]).toEqual([422, 'id_reused']);
	}
});

it('what the query says is part of the request that an Idempotency-Key stands for', async () => {
	const { id } = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation;
	const remove = (query: string) =>
		alice.send('DELETE', `/api/conversations/${id}/picture${query}`, undefined, { 'idempotency-key': 'k' });
	expect((await remove('?was=none')).status).toBe(200);
	expect((await remove('?was=none')).status).toBe(200);
	const other = await remove('?was=another');
	expect([other.status, other.body.error?.code]).toEqual([422, 'id_reused']);
});

describe('pictures of the less common kinds', () => {
	const gradient = (channels: 3 | 4 = 3) =>
		sharp({ create: { width: 64, height: 64, channels, background: { r: 200, g: 40, b: 20, alpha: 0.5 } } });
	/** The colour of the middle of what is served, to some steps: it is a WebP with losses. */
	const middle = async (bytes: Uint8Array, type?: string) => {
		const { data, info } = await sharp(await served(bytes, type))
			.raw()
			.toBuffer({ resolveWithObject: true });
		const at = (info.width * (info.height >> 1) + (info.width >> 1)) * info.channels;
		return [...data.subarray(at, at + info.channels)].map((value) => Math.round(value / 20) * 20);
	};

	it('of 16 bits a channel, see-through or not', async () => {
		const deep = (channels: 3 | 4) => gradient(channels).toColourspace('rgb16').png().toBuffer();
		expect((await sharp(await deep(4)).metadata()).depth).toBe('ushort');
		expect(await middle(await deep(3))).toEqual([200, 40, 20]);
		expect(await middle(await deep(4))).toEqual([200, 40, 20, 120]);
	});

	it('in the four colours of printers', async () => {
		const printed = await gradient().toColourspace('cmyk').jpeg().toBuffer();
		expect((await sharp(printed).metadata()).space).toBe('cmyk');
		const [red = 0, green = 0, blue = 0] = await middle(printed, 'image/jpeg');
		expect([red > 140, green < 100, blue < 100]).toEqual([true, true, true]);
	});

	it('that say they move, with frames larger than the picture, as PNG: they stand still', async () => {
		const number = (...values: number[]) => {
			const bytes = Buffer.alloc(4 * values.length);
			values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
			return bytes;
		};
		const frame = (sequence: number, side: number) =>
			Buffer.concat([number(sequence, side, side, 0, 0), Buffer.from([0, 1, 0, 100, 0, 0])]);
		const pixels = Buffer.concat([number(2), deflateSync(Buffer.alloc(3_000_000))]);
		const chunks: [string, Buffer][] = [
			['acTL', number(2, 0)],
			['fcTL', frame(0, 4)],
			['fcTL', frame(1, 60_000)],
			['fdAT', pixels]
		];
		const square = await served(png({ width: 4, height: 4, chunks }));
		expect((await sharp(square).metadata()).pages).toBeUndefined();
	});
});

describe('a picture that is served', () => {
	const path = async () => `/api/pictures/${(await set(SMALL)).body.user.picture}`;

	it('is nothing but a picture, and may be kept for ever', async () => {
		const { headers } = await alice.download(await path());
		expect(headers.get('content-type')).toBe('image/webp');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
		expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
		expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
	});

	it('is for those who are logged in', async () => {
		const where = await path();
		expect((await lab.visitor().get(where)).status).toBe(401);
		const bob = await lab.person('bob');
		expect((await bob.download(where)).status).toBe(200);
	});

	it('is not there under another name', async () => {
		const answer = await alice.get('/api/pictures/none');
		expect([answer.status, answer.body.error.code]).toEqual([404, 'no_such_picture']);
	});
});

describe('the picture of a person', () => {
	it('stands in everything that tells of them, until it is taken back', async () => {
		const bob = await lab.person('bob');
		await bob.post('/api/conversations', { kind: 'direct', members: [alice.id] });
		const id = directConversationId(alice.id, bob.id);
		const told = async () => [
			(await bob.get(`/api/users/${alice.id}`)).body.user.picture,
			(await bob.get('/api/users?search=alice')).body.users[0].picture,
			(await bob.get(`/api/conversations/${id}`)).body.conversation.members.find(
				(member: { id: string }) => member.id === alice.id
			).picture,
			(lab.relay.facts(infoRoom(id))[`person/${alice.id}`] as { picture?: string }).picture,
			(lab.relay.facts(directoryRoom(bob.id))[`conversation/${id}`] as { picture?: string }).picture,
			(lab.relay.facts(directoryRoom(alice.id)).self as { picture?: string }).picture
		];
		const { picture } = (await set(SMALL)).body.user;
		expect(await told()).toEqual(Array(6).fill(picture));
		const answer = await alice.delete('/api/me/picture');
		expect([answer.status, 'picture' in answer.body.user]).toEqual([200, false]);
		expect(await told()).toEqual(Array(6).fill(undefined));
	});

	it('is deleted with the last that refers to it', async () => {
		const bob = await lab.person('bob');
		const { picture } = (await set(SMALL)).body.user;
		expect((await set(SMALL, 'image/png', bob)).body.user.picture).toBe(picture);
		expect(picturesKept()).toBe(1);
		await alice.delete('/api/me/picture');
		expect((await alice.download(`/api/pictures/${picture}`)).status).toBe(200);
		await set(await photo(), 'image/jpeg', bob);
		expect(picturesKept()).toBe(1);
		expect((await alice.download(`/api/pictures/${picture}`)).status).toBe(404);
		await bob.delete('/api/me/picture');
		expect(picturesKept()).toBe(0);
	});

	it('set again, or taken back again, changes nothing', async () => {
		const first = await set(SMALL);
		const release = lab.relay.holdProjections();
		expect((await set(SMALL)).body).toEqual(first.body);
		release();
		await alice.delete('/api/me/picture');
		expect((await alice.delete('/api/me/picture')).status).toBe(200);
	});
});

describe('whoever sends slowly, or many at once, keeps only their own waiting', () => {
	/** Somebody without a password, who has come in all the same. */
	const newcomer = async (username: string) => {
		const token = await lab.server.sessions.start(lab.userOf(username));
		return Object.assign(lab.visitor(), { cookie: `__Host-skein=${token}` });
	};
	/** Begins a picture of which nothing comes; returns how to go on. */
	const begin = async (who: ApiClient, path = '/api/me/picture') => {
		const body = new HeldBody(SMALL);
		const answer = who.send('PUT', path, body.stream, { 'content-type': 'image/png' });
		await Promise.race([body.awaited, answer]);
		return () => {
			body.release();
			return answer;
		};
	};

	it('two of one person may be on their way, of themselves or of groups', async () => {
		const { conversation } = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body;
		const own = [await begin(alice), await begin(alice, `/api/conversations/${conversation.id}/picture`)];
		const third = await set(SMALL);
		expect([third.status, third.body.error?.code, third.headers.get('retry-after')]).toEqual([
			429,
			'too_often',
			'60'
		]);
		expect((await set(SMALL, 'image/png', await newcomer('bob'))).status).toBe(200);
		for (const finish of own) expect((await finish()).status).toBe(200);
		expect((await set(SMALL)).status).toBe(200);
	});

	it('however many send slowly, others go on', async () => {
		const slow = await Promise.all(
			Array.from({ length: 40 }, async (_, n) => begin(await newcomer(`slow${n}`)))
		);
		expect((await set(SMALL)).status).toBe(200);
		await slow[0]?.();
	});

	it('those for whom there is no room hear when to come again', async () => {
		const crowd = await Promise.all(
			Array.from({ length: 40 }, async (_, n) => begin(await newcomer(`crowd${n}`)))
		);
		const answers = await Promise.all(crowd.map((finish) => finish()));
		const refused = answers.filter(({ status }) => status !== 200);
		expect(refused.length).toBeGreaterThan(0);
		for (const { status, body, headers } of refused)
			expect([status, body.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '60']);
	});
});
