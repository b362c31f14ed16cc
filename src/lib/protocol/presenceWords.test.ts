import { describe, expect, it } from 'vitest';
import { decodeNews, decodeReport, encodeNews, encodeReport } from './presenceWords';

const ALICE = 'a'.repeat(16);
const BOB = 'b'.repeat(16);
const CONVERSATION = `d-${ALICE}-${BOB}`;

describe('words of presence', () => {
	it('a report comes back as it was given', () => {
		for (const report of [
			{ presence: 'here' as const, writingIn: CONVERSATION },
			{ presence: 'gone' as const, writingIn: undefined }
		])
			expect(decodeReport(encodeReport(report))).toEqual(report);
	});

	it('news come back as they were given', () => {
		const news = {
			people: new Map([
				[ALICE, 'here'],
				[BOB, 'gone']
			] as const),
			writing: new Map([[CONVERSATION, [ALICE, BOB]]])
		};
		expect(decodeNews(encodeNews(news))).toEqual(news);
	});

	it('bytes that are none are told as undefined: cut short, too long, a count beyond them, no id', () => {
		const report = encodeReport({ presence: 'here' as const, writingIn: CONVERSATION });
		expect(decodeReport(report.slice(0, -1))).toBeUndefined();
		expect(decodeReport(new Uint8Array([...report, 0]))).toBeUndefined();
		expect(decodeReport(new Uint8Array([1, 3, 120, 120, 120]))).toBeUndefined();
		expect(decodeReport(new Uint8Array([3, 0]))).toBeUndefined();
		expect(decodeReport(new Uint8Array())).toBeUndefined();
		expect(decodeNews(new Uint8Array([255, 255, 255, 255, 15]))).toBeUndefined();
		expect(decodeNews(new Uint8Array([1, 1, 120, 2, 0]))).toBeUndefined();
		const news = encodeNews({ people: new Map([[ALICE, 'here']]), writing: new Map() });
		expect(decodeNews(news.map((byte) => (byte === 2 ? 9 : byte)))).toBeUndefined();
	});
});
