import assert from 'node:assert/strict';
import { CONVERSATIONS } from './cast';
import { lastMark, type Ledger } from './ledger';
import type { SimDevice } from './simDevice';

/** Each draft that is begun is on all devices of its user: in the field of its own, and offered on the others. */
export function judgeDrafts(ledger: Ledger, present: readonly SimDevice[]): void {
	for (const each of present) {
		const theirs = present.filter(({ self }) => self === each.self);
		for (const conversation of CONVERSATIONS) {
			const begun = new Map(
				each.device.home.draftOf(conversation).begun.map(({ writer, text }) => [writer, lastMark(text)])
			);
			const { drafts } = each.device;
			const adopted = each.adopted(conversation);
			const field = lastMark(drafts.get(conversation, adopted).text);
			const own = ledger.drafts.get(`${each.name} ${conversation}`)?.mark;
			if (own !== undefined) assert.equal(field, own, `${each.name} has its own draft in its field`);
			const offered = drafts.others(conversation, adopted).map(({ text }) => lastMark(text));
			for (const mark of begun.values())
				assert.ok(mark === field || offered.includes(mark), `${each.name} shows or offers the draft ${mark}`);
			for (const other of theirs) {
				const mark = begun.get(other.device.deviceId);
				const typed = ledger.drafts.get(`${other.name} ${conversation}`)?.mark;
				if (typed === undefined && ledger.mayStand(other, conversation, mark)) continue;
				assert.equal(mark, typed, `the draft of ${other.name}, as ${each.name} has it`);
			}
		}
	}
}
