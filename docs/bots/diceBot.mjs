/**
 * A bot on REST alone: to "!roll 2d6" it replies with what the dice show. It needs Node 20 and no package.
 *   SKEIN_URL=https://chat.example SKEIN_TOKEN=skein_… node diceBot.mjs
 * Its token needs the scopes conversations:read, messages:read and messages:send.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

const { SKEIN_URL = 'http://localhost:3000', SKEIN_TOKEN, SKEIN_EVERY_MS = '2000' } = process.env;
const ROLL = /^!roll ([1-9]\d?)d([1-9]\d{0,2})$/;
/** By conversation, the newest message that has been looked at. */
const seen = new Map();

async function api(method, path, json) {
	const headers = { authorization: `Bearer ${SKEIN_TOKEN}`, 'content-type': 'application/json' };
	const body = json && JSON.stringify(json);
	const answer = await fetch(`${SKEIN_URL}/api/${path}`, { method, headers, body });
	if (answer.status === 429) {
		await wait(1_000 * Number(answer.headers.get('retry-after') ?? 5));
		return api(method, path, json);
	}
	const said = await answer.json();
	if (!answer.ok) throw Object.assign(new Error(said.error.message), { refused: answer.status < 500 });
	return said;
}

/** Oldest first, back to the last one that was seen; the last page, if none was. */
async function newMessages(id, before = '') {
	const page = await api('GET', `conversations/${id}/messages${before && `?before=${before}`}`);
	const last = page.messages.findIndex((message) => message.id === seen.get(id));
	if (last >= 0) return page.messages.slice(last + 1);
	if (!seen.has(id) || !page.before) return page.messages;
	return [...(await newMessages(id, page.before)), ...page.messages];
}

async function reply({ id, conversationId, text }) {
	const [, dice, sides] = ROLL.exec(text) ?? [];
	if (dice === undefined) return;
	const rolled = Array.from({ length: Number(dice) }, () => randomInt(Number(sides)) + 1);
	// Another throw under the same key is refused: a bot that starts anew replies to nothing twice.
	const key = `roll:${id}`;
	const sent = api('POST', 'messages/send', { conversationId, replyTo: id, text: rolled.join(' + '), key });
	await sent.catch((error) => error.refused || Promise.reject(error));
}

for (;;) {
	try {
		for (let page = { cursor: '' }; page.cursor !== undefined;) {
			page = await api('GET', `conversations?cursor=${page.cursor}`);
			for (const { id } of page.conversations)
				for (const message of await newMessages(id)) {
					await reply(message);
					seen.set(id, message.id);
				}
		}
	} catch (error) {
		process.stderr.write(`not this time: ${error.message}\n`);
	}
	await wait(Number(SKEIN_EVERY_MS));
}
