/** After healing: every device shows the same, and it is what people did (DESIGN section 10). */
import assert from 'node:assert/strict';
import { CONVERSATIONS } from './cast';
import { foldTimeline, type TimelineItem, type TimelineMessage } from '../../src/lib/domain/timeline';
import { judgeDrafts } from './judgeDrafts';
import { judgeReading } from './judgeReading';
import { lastMark, type Ledger, type Written } from './ledger';
import { walk } from './walk';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { Entry } from '../../src/lib/domain/entry';
import type { Scene } from './deeds';
import type { SimDevice } from './simDevice';

/** `present`: those that were there to heal. `entries`: what the relay has, by conversation. */
export async function judge(
	scene: Scene,
	present: readonly SimDevice[],
	entries: ReadonlyMap<ConversationId, readonly Entry[]>
): Promise<void> {
	for (const conversation of CONVERSATIONS) {
		const shown = foldTimeline(entries.get(conversation)!);
		for (const each of present)
			assert.deepEqual(
				await walk(each, conversation),
				shown,
				`P5: ${each.name} shows what stands at the relay, from one end to the other`
			);
		judgeMessages(scene.ledger, conversation, shown, present);
		judgeReading(scene.ledger, conversation, shown, entries.get(conversation)!, present);
	}
	judgeDrafts(scene.ledger, present);
}

function judgeMessages(
	ledger: Ledger,
	conversation: ConversationId,
	shown: readonly TimelineItem[],
	present: readonly SimDevice[]
): void {
	const messages = shown.filter((item) => item.type === 'message');
	ledger.follow(messages);
	const places = new Map<Written, number>();
	for (const [i, message] of messages.entries()) {
		const written = ledger.of(message);
		assert.ok(written, `${message.text} was written by somebody`);
		assert.ok(!places.has(written), `P2: ${message.text} stands once`);
		places.set(written, i);
		const target = messages.findIndex(({ id }) => id === message.replyTo);
		assert.ok(target < i, `P4: the reply ${message.text} stands behind what it replies to`);
		judgeReply(ledger, message, messages[target], written);
	}
	const last = new Map<SimDevice, number>();
	for (const written of ledger.written.filter((each) => each.conversation === conversation)) {
		const place = places.get(written);
		judgeMessage(written, place === undefined ? undefined : messages[place], present);
		if (place === undefined) continue;
		// What is left of a deleted one stands where its deletion does, if its own time was of no honest clock.
		if (written.by.strayed && messages[place]!.deleted) continue;
		const before = last.get(written.by) ?? -1;
		assert.ok(
			place > before,
			`P3: ${written.wordings[0]!.mark} stands in the order of ${written.by.name}, at ${told(messages[place])} and behind ${told(messages[before])}`
		);
		last.set(written.by, place);
	}
	judgeSaid(ledger, conversation, messages, present);
}

/** It answers what it was written about, under whichever name that came. */
function judgeReply(
	ledger: Ledger,
	message: TimelineMessage,
	target: TimelineMessage | undefined,
	{ wordings, replyTo }: Written
): void {
	if (message.deleted || wordings.length > 1 || replyTo === undefined) return;
	const meant = ledger.written.find((each) => each.wordings[0]!.mark === replyTo);
	if (!meant || meant.removedBy.size > 0) return;
	assert.equal(target && ledger.of(target)?.wordings[0]!.mark, replyTo, `${message.text} answers ${replyTo}`);
}

const told = (message: TimelineMessage | undefined): string =>
	message
		? `${message.stamp.ms}.${message.stamp.counter} as ${message.id}, ${message.text || 'deleted'}`
		: 'none';

function judgeMessage(
	{ by, wordings, removedBy, contested, sent, replyTo, forwardedFrom }: Written,
	message: TimelineMessage | undefined,
	present: readonly SimDevice[]
): void {
	if (contested) return;
	const name = wordings[0]!.mark;
	const isShown = message !== undefined && !message.deleted;
	if ([...removedBy].some((each) => present.includes(each)))
		assert.ok(!isShown, `P6: ${name}, deleted by its author, is gone`);
	if (removedBy.size > 0) return;
	const isDue = sent || present.includes(by);
	if (isDue) assert.ok(isShown, `P1, P9: ${name} is there`);
	if (!isShown) return;
	const marks = [...message.versions, message].map(({ text }) => lastMark(text));
	assert.equal(new Set(marks).size, marks.length, `P2: each wording of ${name} stands once`);
	for (const { mark, by: writer, replacedBy } of wordings) {
		if (replacedBy && present.includes(replacedBy))
			assert.ok(!marks.includes(mark), `${mark} was replaced before it left`);
		else if (!replacedBy && present.includes(writer))
			assert.ok(marks.includes(mark), `P1: the wording ${mark} of ${name} is there`);
	}
	if (wordings.length > 1) return;
	assert.equal(message.forwardedFrom, forwardedFrom, `${name} says whose words it forwards`);
	assert.equal(message.replyTo !== undefined, replyTo !== undefined, `${name} says what it replies to`);
}

/** What one device alone said on a matter holds as it said it last. */
function judgeSaid(
	ledger: Ledger,
	conversation: ConversationId,
	messages: readonly TimelineMessage[],
	present: readonly SimDevice[]
): void {
	for (const { message: written, matter, user, on, by } of ledger.said.values()) {
		const [device, other] = by;
		const message = messages.find((each) => ledger.of(each) === written);
		if (written.conversation !== conversation || !message || message.deleted) continue;
		if (other || !device || !present.includes(device)) continue;
		const holds =
			user === undefined
				? message.pinned
				: message.reactions.some(({ emoji, users }) => emoji === matter && users.includes(user));
		assert.equal(holds, on, `${message.text}: ${matter} by ${device.name}`);
	}
}
