import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { relayOnSqlite } from '../app';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { GroupLab } from '../testing/groupLab.fixture';
import { encodeEditBody } from '../../domain/annotationBodies';
import { KIND } from '../../domain/entry';
import { REPORT_TEXT_MAX, REPORTS_OPEN_MAX } from '../../domain/limits';
import type { ReportAnswer } from '../../protocol/rest';

let lab: GroupLab;
/** The first account of the lab is the administrator; what is reported here is somebody else's. */
let root: ApiClient;
beforeEach(async () => {
	lab = new GroupLab();
	await lab.start(relayOnSqlite);
	root = lab.owner;
});
afterEach(() => lab.stop());

interface Shown {
	readonly id: string;
	readonly text: string;
}

const say = async (by: ApiClient, text: string): Promise<Shown> => ({
	id: (await lab.say(by, text)).body.message.id,
	text
});
const report = (by: ApiClient, fields: object, key?: string) =>
	by.post('/api/reports', { reason: 'harassment', ...fields }, key ? { 'idempotency-key': key } : {});
const reportMessage = (by: ApiClient, message: Shown, shown: Shown[] = [message], fields: object = {}) =>
	report(by, { conversationId: lab.group, message: message.id, shown, ...fields });
const listed = async (query = ''): Promise<ReportAnswer[]> =>
	(await root.get(`/api/admin/reports${query}`)).body.reports;
const settle = (id: number, outcome = 'acted') => root.patch(`/api/admin/reports/${id}`, { outcome });
const code = ({ status, body }: Awaited<ReturnType<ApiClient['get']>>) => [status, body?.error?.code];
const onDisk = (words: string) =>
	readdirSync(lab.folder).some(
		(file) => file.startsWith('skein.db') && readFileSync(join(lab.folder, file)).includes(words)
	);

describe('a report of a message', () => {
	it('comes to the administrator with what stood around it, and who wrote what', async () => {
		const before = await say(lab.member, 'shall we sail?');
		const bad = await say(lab.admin, 'not with you');
		const answer = await reportMessage(lab.member, bad, [before, bad], { words: 'Again and again.' });
		expect(answer.status).toBe(204);
		expect(await listed()).toEqual([
			expect.objectContaining({
				reason: 'harassment',
				words: 'Again and again.',
				reporter: lab.member.id,
				reported: lab.admin.id,
				conversationId: lab.group,
				message: bad.id,
				messages: [
					{ ...before, author: lab.member.id, at: expect.any(Number), checked: 'same' },
					{ ...bad, author: lab.admin.id, at: expect.any(Number), checked: 'same' }
				]
			})
		]);
		const { people } = (await root.get('/api/admin/reports')).body;
		expect(people.map((person: { username: string }) => person.username).sort()).toEqual(['adam', 'mia']);
	});

	it('marks a text that nobody wrote, and takes no author from who reports', async () => {
		const bad = await say(lab.admin, 'hello');
		await reportMessage(lab.member, bad, [
			{ ...bad, text: 'I will hurt you' },
			{ id: '0.77.3', text: 'made up' }
		]);
		const [{ messages } = { messages: [] }] = await listed();
		expect(messages.map(({ author, checked }) => [author, checked])).toEqual([
			[lab.admin.id, 'other'],
			[undefined, 'missing']
		]);
	});

	it('knows what was said before an edit, and a long text by its beginning', async () => {
		const long = 'l'.repeat(REPORT_TEXT_MAX + 5);
		const bad = await say(lab.admin, long);
		await lab.server.relay.append(`c/${lab.group}/0`, lab.admin.id, [
			{ kind: KIND.edit, body: encodeEditBody({ target: bad.id, text: 'harmless' }) }
		]);
		await reportMessage(lab.member, bad, [{ ...bad, text: long.slice(0, REPORT_TEXT_MAX) }]);
		expect((await listed())[0]?.messages).toMatchObject([{ checked: 'same' }]);
	});

	it('holds no text of a message that was deleted before it came', async () => {
		const bad = await say(lab.admin, 'taken back at once');
		await lab.admin.send('DELETE', `${lab.path}/messages/${bad.id}`);
		expect((await reportMessage(lab.member, bad)).status).toBe(204);
		expect((await listed())[0]?.messages).toMatchObject([
			{ author: lab.admin.id, text: '', checked: 'gone' }
		]);
	});

	it('keeps its text while it waits, though the author deletes the message then', async () => {
		const bad = await say(lab.admin, 'said in anger');
		await reportMessage(lab.member, bad);
		await lab.admin.send('DELETE', `${lab.path}/messages/${bad.id}`);
		expect((await listed())[0]?.messages).toMatchObject([{ text: 'said in anger', checked: 'same' }]);
	});

	it('is made by who was put out of the group too, and by nobody who was never in it', async () => {
		const bad = await say(lab.admin, 'out with you');
		expect(code(await reportMessage(lab.stranger, bad))).toEqual([404, 'no_such_conversation']);
		await lab.remove(lab.admin, lab.member);
		expect((await reportMessage(lab.member, bad)).status).toBe(204);
	});

	it('sees nothing that the reporter could not read', async () => {
		const bad = await say(lab.admin, 'before they came');
		await lab.change(lab.owner, { history: 'joining' });
		await lab.add(lab.owner, lab.stranger);
		expect(code(await reportMessage(lab.stranger, bad))).toEqual([404, 'no_such_message']);
	});

	it('is refused of what there is not, and of oneself', async () => {
		const own = await say(lab.member, 'mine');
		expect(code(await reportMessage(lab.member, own))).toEqual([400, 'invalid']);
		for (const id of ['0.77.3', '9.1.0'])
			expect(code(await reportMessage(lab.member, { id, text: 'x' }))).toEqual([404, 'no_such_message']);
		expect(code(await report(lab.member, { message: own.id }))).toEqual([400, 'invalid']);
		expect(code(await report(lab.member, {}))).toEqual([400, 'invalid']);
		expect(code(await report(lab.member, { userId: lab.member.id }))).toEqual([400, 'invalid']);
		expect(code(await report(lab.member, { userId: 'z'.repeat(16) }))).toEqual([404, 'no_such_user']);
	});
});

describe('who reported', () => {
	it('is not told to an administrator whom the report is about', async () => {
		await report(lab.member, { userId: root.id });
		const { reports, people } = (await root.get('/api/admin/reports')).body;
		expect(reports).toHaveLength(1);
		expect(reports[0]).not.toHaveProperty('reporter');
		expect(people.map(({ id }: { id: string }) => id)).toEqual([root.id]);
	});

	it('stands in nothing that the reported reads', async () => {
		const before = lab.relay.facts(`directory/${lab.admin.id}`);
		await report(lab.member, { userId: lab.admin.id });
		expect(lab.relay.facts(`directory/${lab.admin.id}`)).toEqual(before);
		expect(code(await lab.admin.get('/api/admin/reports'))).toEqual([403, 'not_administrator']);
	});

	it('counts once for the same thing, however often it comes, until it is settled', async () => {
		const key = '018f0000-0000-7000-8000-00000000000a';
		for (const id of [key, key, undefined])
			expect((await report(lab.member, { userId: lab.admin.id }, id)).status).toBe(204);
		const [first] = await listed();
		expect(await listed()).toHaveLength(1);
		await settle(first!.id);
		await report(lab.member, { userId: lab.admin.id }, key);
		expect(await listed()).toEqual([]);
		await report(lab.member, { userId: lab.admin.id });
		expect(await listed()).toHaveLength(1);
	});

	it('cannot bury the administrators under reports', async () => {
		for (let n = 0; n < REPORTS_OPEN_MAX; n++) await report(lab.member, { userId: lab.userOf(`person${n}`) });
		expect(code(await report(lab.member, { userId: lab.admin.id }))).toEqual([409, 'too_many_reports']);
		expect((await report(lab.stranger, { userId: lab.admin.id })).status).toBe(204);
	});
});

describe('settling a report', () => {
	it('erases its words, on disk too, and keeps who, what and why', async () => {
		const bad = await say(lab.admin, 'one to be read');
		await reportMessage(lab.member, bad, [{ ...bad, text: 'forged-words-of-mine' }], {
			words: 'told-in-trust'
		});
		expect([onDisk('forged-words-of-mine'), onDisk('told-in-trust')]).toEqual([true, true]);
		const [{ id } = { id: 0 }] = await listed();
		lab.nowMs += 5;
		expect((await settle(id)).body.report).toMatchObject({
			reported: lab.admin.id,
			message: bad.id,
			words: '',
			messages: [],
			settled: { at: lab.nowMs, by: root.id, outcome: 'acted' }
		});
		expect(await listed()).toEqual([]);
		expect(await listed('?settled=1')).toHaveLength(1);
		expect((await root.get('/api/admin/audit')).body.entries).toMatchObject([
			{ actor: root.id, action: 'report-settled', subject: lab.admin.id, report: { id, outcome: 'acted' } }
		]);
		await lab.server.relay.close();
		lab.server.closeDatabase();
		expect([onDisk('forged-words-of-mine'), onDisk('told-in-trust')]).toEqual([false, false]);
		await lab.start(relayOnSqlite);
	});

	it('again leaves it as it was settled first, and of none there is nothing', async () => {
		await report(lab.member, { userId: lab.admin.id });
		const [{ id } = { id: 0 }] = await listed();
		await settle(id);
		expect((await settle(id, 'dismissed')).body.report.settled.outcome).toBe('acted');
		expect((await root.get('/api/admin/audit')).body.entries).toHaveLength(1);
		for (const odd of [id + 1, -1, 'x'])
			expect(code(await root.patch(`/api/admin/reports/${odd}`, { outcome: 'acted' }))).toEqual([
				404,
				'no_such_report'
			]);
	});

	it('is listed a page at a time, the newest first', async () => {
		for (let n = 0; n < 21; n++) await report(lab.member, { userId: lab.userOf(`person${n}`) });
		const first = (await root.get('/api/admin/reports')).body;
		const second = (await root.get(`/api/admin/reports?before=${first.before}`)).body;
		const ids = [...first.reports, ...second.reports].map(({ id }: { id: number }) => id);
		expect(ids).toHaveLength(21);
		expect(ids).toEqual([...ids].sort((a, b) => b - a));
		expect(second.before).toBeUndefined();
	});
});

describe('an account that is deleted with all that it wrote', () => {
	const erase = (who: ApiClient) => who.delete('/api/me', { password: PASSWORD, erase: true });

	it('leaves none of its texts in the reports of others, and they stay reports', async () => {
		const bad = await say(lab.admin, 'erase me');
		const answer = await say(lab.member, 'no');
		await reportMessage(lab.member, bad, [bad, answer]);
		await erase(lab.admin);
		expect((await listed())[0]).toMatchObject({
			reported: lab.admin.id,
			messages: [
				{ text: '', checked: 'gone' },
				{ text: 'no', checked: 'same' }
			]
		});
		const { people } = (await root.get('/api/admin/reports')).body;
		expect(people).toContainEqual(expect.objectContaining({ id: lab.admin.id, username: '' }));
	});

	it('takes what it said as a reporter, and the report goes on', async () => {
		const bad = await say(lab.admin, 'still here');
		await reportMessage(lab.member, bad, [bad], { words: 'told in trust' });
		await erase(lab.member);
		expect((await listed())[0]).toMatchObject({
			words: '',
			reporter: lab.member.id,
			messages: [{ text: 'still here' }]
		});
	});
});
