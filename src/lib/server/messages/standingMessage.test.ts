import { expect, it } from 'vitest';
import { standingMessage } from './standingMessage';
import { encodeEditBody, encodeRedactionBody } from '../../domain/annotationBodies';
import { encodeMessageBody, encodeSystemBody } from '../../domain/bodies';
import { KIND, type Entry } from '../../domain/entry';
import { SYSTEM_USER, type UserId } from '../../domain/ids';

const [ALICE, BOB] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'];
let client = 1;
const entry = (author: UserId, kind: number, body: Uint8Array | undefined): Entry => ({
	version: 0,
	kind,
	author,
	segment: 0,
	client: ++client,
	s: 0,
	stamp: { ms: 1_000 + client, counter: 0 },
	body
});
const message = { ...entry(ALICE, KIND.message, encodeMessageBody({ text: 'hello' })), client: 1 };
const edit = (by: UserId, text: string) => entry(by, KIND.edit, encodeEditBody({ target: '0.1.0', text }));
const moderated = () =>
	entry(
		SYSTEM_USER,
		KIND.system,
		encodeSystemBody({ key: 'moderated/0.1.0', event: 'moderated', by: BOB, target: '0.1.0' })
	);
const textAmong = (...others: Entry[]) => standingMessage(message, [message, ...others])?.text;

it('a message stands as its author edited it, whatever others wrote of it', () => {
	expect(textAmong(edit(BOB, 'forged'), edit(ALICE, 'hello!'))).toBe('hello!');
});

it('a message that its author or a moderator deleted stands no more, and no late edit brings it back', () => {
	const redaction = entry(ALICE, KIND.redaction, encodeRedactionBody({ target: '0.1.0' }));
	expect(textAmong(redaction)).toBeUndefined();
	expect(textAmong(moderated(), edit(ALICE, 'late'))).toBeUndefined();
});

it('a message that is not among the entries does not stand', () => {
	expect(standingMessage(message, [edit(ALICE, 'alone')])).toBeUndefined();
});
