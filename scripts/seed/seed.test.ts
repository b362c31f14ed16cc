import { expect, test } from 'vitest';
import { applyPlan } from './applyPlan';
import { CAST, GROUPS, PAIRS } from './cast';
import { makePlan, SPAN_MS, type Plan } from './plan';
import { ApiLab } from '../../src/lib/server/testing/apiLab.fixture';
import { relayOnSqlite } from '../../src/lib/server/app';
import { seededRandom } from '../../tests/load/seededRandom';

const PASSWORD = 'warp and weft of it';

test('the plan is the same each time, of 40 conversations, with 5,000 messages in one', () => {
	const plan = makePlan(seededRandom(1));
	expect(makePlan(seededRandom(1))).toEqual(plan);
	expect(plan.conversations).toHaveLength(40);
	expect(plan.messages.filter(({ conversation }) => conversation === 0)).toHaveLength(5_000);
	expect(plan.messages.map(({ text }) => text).filter((text) => /[{}]/.test(text))).toEqual([]);
});

test('everybody in the plan is of the cast, writes where they are a member, and replies to what is there', () => {
	const { conversations, messages } = makePlan(seededRandom(1));
	const names = new Set(CAST.map(({ username }) => username));
	expect(GROUPS.flatMap(({ members }) => members).filter((name) => !names.has(name))).toEqual([]);
	expect(PAIRS.filter(([one, other]) => !names.has(one) || !names.has(other))).toEqual([]);
	for (const { conversation, author, replyTo, n, agoMs } of messages) {
		expect(conversations[conversation]?.members).toContain(author);
		expect(replyTo ?? -1).toBeLessThan(n);
		expect(agoMs).toBeGreaterThan(0);
		expect(agoMs).toBeLessThan(SPAN_MS);
	}
});

/** The beginning of three conversations. */
function smallPlan(): Plan {
	const { conversations, messages } = makePlan(seededRandom(1));
	return {
		conversations,
		messages: messages.filter(({ conversation, n }) => [1, 4, 12].includes(conversation) && n < 12)
	};
}

test('what is applied is there at its time, and applied again adds nothing', async () => {
	const end = 1_700_000_000_000;
	const lab = await new ApiLab().start(relayOnSqlite);
	const apply = (untilMs: number) =>
		applyPlan(lab.server, {
			plan: smallPlan(),
			end,
			untilMs,
			password: PASSWORD,
			unread: () => 2,
			setNow: (ms) => (lab.nowMs = ms)
		});
	const all = [...smallPlan().messages].sort((a, b) => b.agoMs - a.agoMs);
	const half = all[18]?.agoMs ?? 0;
	expect((await apply(half)).messages).toBe(19);
	expect((await apply(0)).messages).toBe(36);
	await apply(0);

	lab.nowMs = end;
	const mira = lab.visitor();
	await mira.post('/api/login', { username: 'mira', password: PASSWORD });
	const { conversations } = (await mira.get('/api/conversations')).body;
	expect(conversations.map(({ name }: { name: string }) => name).sort()).toEqual([
		'',
		'Alcyone crew',
		'Atlas release'
	]);
	for (const { id, name } of conversations) {
		const { messages } = (await mira.get(`/api/conversations/${id}/messages`)).body;
		const planned = all.filter(({ conversation }) => smallPlan().conversations[conversation]?.name === name);
		expect(messages).toHaveLength(12);
		for (const [i, { at }] of messages.entries())
			expect(Math.abs(at - (end - (planned[i]?.agoMs ?? 0)))).toBeLessThan(60_000);
	}
	await lab.stop();
});
