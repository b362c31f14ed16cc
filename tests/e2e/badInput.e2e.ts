/** A member with another client writes whatever the relay takes: the screen shows the rest, and stays whole. */
import {
	encodeEditBody,
	encodeReactionBody,
	encodeRedactionBody
} from '../../src/lib/domain/annotationBodies';
import { encodeMessageBody } from '../../src/lib/domain/bodies';
import { encodeBody } from '../../src/lib/domain/entryCodec';
import { KIND } from '../../src/lib/domain/entry';
import { BODY_BYTES_MAX } from '../../src/lib/domain/limits';
import { expect, test } from '../kit';
import { StockMember } from '../kit/stockMember';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const LATER_VERSION = 5;
const UNKNOWN_KIND = 200;

/** How far anything reaches beyond the page or the list of messages, in pixels. */
const overflow = (device: Device): Promise<number> =>
	device.page.evaluate(() => {
		const log = document.querySelector('[role=log]');
		const beyond = (element: Element | null) => (element ? element.scrollWidth - element.clientWidth : 0);
		return Math.max(beyond(document.documentElement), beyond(log));
	});

test('whatever a member writes, the screen shows the rest of it, throws nothing and stays whole', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const mallory = await people.register('mallory');
	const conversation = await alice.startConversation([mallory]);
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('before all that');
	await expect(phone).toHaveSynced();

	const member = new StockMember(mallory, relay, { conversation });
	await member.synced();
	const say = (text: string, replyTo?: string) =>
		member.append({ kind: KIND.message, body: encodeMessageBody({ text, replyTo }) });
	const whole = encodeMessageBody({ text: 'half of this is missing' });

	const plain = say('a plain one');
	member.append({ kind: UNKNOWN_KIND, body: encodeBody({ t: 'of an unknown kind' }) });
	member.append({
		kind: KIND.message,
		version: LATER_VERSION,
		body: encodeMessageBody({ text: 'later version' })
	});
	member.append({ kind: KIND.message, body: whole.slice(0, whole.length / 2) });
	member.append({ kind: KIND.message, body: Uint8Array.of(0) });
	member.append({ kind: KIND.message, body: Uint8Array.of(0x7f, 1, 2, 3) });
	member.append({ kind: KIND.message, body: encodeBody([[[[[['deep']]]]]]) });
	member.append({ kind: KIND.message, body: encodeBody({ t: 17, r: {}, f: [] }) });
	member.append({ kind: KIND.message, body: encodeBody({ t: 'x'.repeat(60_000) }) });
	member.append({
		kind: KIND.system,
		body: encodeBody({ k: 'renamed/1', e: 'renamed', n: 'Mallory was here' })
	});
	member.append({ kind: KIND.reaction, body: encodeBody({ x: plain, e: '<b>not an emoji</b>', o: true }) });
	member.append({ kind: KIND.reaction, body: encodeReactionBody({ target: plain, emoji: '👍', on: true }) });
	const [own] = await screen.messageIds(phone.page);
	for (const target of [own ?? '', '0.1.1', '7.1.1']) {
		member.append({ kind: KIND.redaction, body: encodeRedactionBody({ target }) });
		member.append({ kind: KIND.edit, body: encodeEditBody({ target, text: 'words put into a mouth' }) });
	}
	say('replies to nothing', '0.4242.7');
	say('replies to another conversation', '9.4242.7');
	say('replies to itself', member.idOf());
	const next = member.idOf(1);
	const first = say('first of a circle', next);
	say('second of a circle', first);
	say('over\u202eridden\u2066 and isolated');
	say('controls \u0000\u0007\u001b[31m and \u007f');
	member.append({ kind: KIND.message, body: encodeBody({ t: 'lone \ud83d surrogate' }) });
	say(`${'\u0300'.repeat(2_000)} combining`);
	say('wide'.repeat(3_000));
	say('\u{1F469}\u200d'.repeat(4_000));
	say('<img src=x onerror="document.title=\'broken into\'"> [link](javascript:alert(1))');
	const emoji = '🧶'.repeat(Math.floor((BODY_BYTES_MAX - 100) / 4));
	member.append({ kind: KIND.message, body: encodeBody({ t: emoji }) });
	say('after all that');

	await expect(phone).toShowOnce('after all that');
	await expect(phone).toHaveSynced();
	expect(await overflow(phone)).toBe(0);
	for (const text of [
		'before all that',
		'a plain one',
		'replies to nothing',
		'replies to another conversation',
		'replies to itself',
		'overridden\u2066 and isolated\u2069',
		'controls ␀␇␛[31m and ␡',
		'lone \ufffd surrogate'
	])
		await expect(phone).toShowOnce(text);
	// Each is quoted by the other.
	for (const text of ['first of a circle', 'second of a circle']) await expect(phone).toShow(text);
	for (const text of ['of an unknown kind', 'later version', 'words put into a mouth', 'Message deleted'])
		await expect(screen.log(phone.page).getByText(text)).toHaveCount(0);
	await expect(screen.message(phone.page, 'a plain one').getByText('👍')).toBeVisible();
	await expect(screen.conversationLink(phone.page, 'mallory')).toContainText('after all that');
	await expect(phone.page.getByRole('heading', { name: 'mallory' })).toBeVisible();
	await expect(phone.page).not.toHaveTitle(/broken into/);

	// What was strange stays harmless on the way back through the disk, and on a phone's width.
	await phone.page.setViewportSize({ width: 360, height: 640 });
	await phone.reload();
	await expect(phone).toShowOnce('after all that');
	expect(await overflow(phone)).toBe(0);
	await phone.write('still here');
	await expect(phone).toHaveState('still here', 'sent');
	expect(phone.errors).toEqual([]);
	member.close();
});

test('an address that leads nowhere says so, without a network too', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	await (await bob.headless()).write(conversation, ['hello']);
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await expect(phone).toShow('hello');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	for (const isOnline of [true, false]) {
		if (!isOnline) phone.goOffline();
		for (const id of ['nonsense', `${conversation}x`, '%00', '..%2f..', '%E0%A4%A', '%']) {
			await phone.goTo(`/c/${id}`);
			await expect(phone.page.getByRole('heading', { name: 'No such conversation' })).toBeVisible();
		}
		for (const path of ['/%E0%A4%A', '//x/%E0%A4%A']) {
			await phone.goTo(path);
			await expect(phone.page.getByText('There is nothing at this address.')).toBeVisible();
		}
		await phone.goTo(`/c/${conversation}#%E0%A4%A`);
		await expect(phone).toShow('hello');
		for (const message of ['nonsense', '9999.1.1', '-1.0.0', '%00']) {
			await phone.goTo(`/c/${conversation}?m=${message}`);
			await expect(phone.page.getByText('This message is not on this device yet.')).toBeVisible();
			await expect(phone).toShow('hello');
		}
	}
	// The router tells the console of each address that it has no page for.
	expect(phone.errors.filter((said) => !/Not found: \/.*%25E0/.test(said))).toEqual([]);
});
