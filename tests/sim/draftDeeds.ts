import { lastMark } from './ledger';
import { send, type At } from './deeds';
import type { Step } from './steps';

const DEEDS = ['draft', 'chooseDraft', 'sendDraft'];

export const isDraftDeed = (step: Step): boolean => DEEDS.includes(step.do);

export async function doDraftDeed(at: At): Promise<void> {
	const { by, step, ledger, conversation, sync } = at;
	const { drafts } = by.device;
	const adopted = by.adopted(conversation);
	const shown = lastMark(drafts.get(conversation, adopted).text);
	const { begun, heirs } = by.device.home.draftOf(conversation);
	const goOn = (mark: string | undefined) => {
		// Of another device, if nothing was typed here that stands: adopted, or what somebody went on with.
		const isOwn = begun.some(({ writer }) => writer === by.deviceId);
		const followed = [adopted, heirs.get(by.deviceId!)].find((writer) =>
			begun.some((draft) => draft.writer === writer)
		);
		if (!isOwn && followed !== undefined) ledger.wentOn(followed, { by, conversation, mark: shown });
		ledger.typed(by, conversation, mark);
	};
	if (step.do === 'chooseDraft') {
		const others = drafts.others(conversation, adopted);
		const chosen = others[step.nth % Math.max(1, others.length)];
		if (!chosen) return;
		for (const { writer, text } of begun) ledger.wentOn(writer, { by, conversation, mark: lastMark(text) });
		goOn(lastMark(chosen.text));
		ledger.count('drafts chosen');
		ledger.tell(by, `chooses the draft ${chosen.text} over ${shown ?? 'nothing'}`);
		return drafts.choose(conversation, chosen);
	}
	if (step.do === 'draft') {
		const mark = step.nth === 0 ? undefined : ledger.mark();
		goOn(mark);
		ledger.count(mark ? 'drafts' : 'drafts cleared');
		ledger.tell(by, `types ${mark ?? 'nothing'} over ${shown ?? 'nothing'}${step.aside ? ' aside' : ''}`);
		return drafts.set(conversation, { text: mark ?? '' }, adopted);
	}
	const { text } = drafts.get(conversation, adopted);
	if (text === '') return;
	goOn(undefined);
	send(at, { text });
	ledger.count('drafts sent');
	ledger.tell(by, `sends its draft ${text}`);
	await drafts.sent(conversation, sync.stored(), adopted);
}
