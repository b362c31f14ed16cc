import { textPreview } from '../../domain/text';
import { mentions } from '../../domain/mentions';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { Person } from '../../domain/people';
import { calls } from '../../state/calls';
import { text } from '../text';
import type { Note } from './notifier';

/** Longer ones are cut by every system. */
const BODY_MAX = 160;

interface Shown {
	readonly self: Person;
	/** It shows what is written, and not only how much. */
	readonly withText: boolean;
	/** What called arrived in earlier history. */
	readonly late: boolean;
}

/** What a notification says of a conversation. */
export function noteOf(item: ConversationListItem, { self, withText, late }: Shown): Note {
	const { id, name, last, mentionsOnly } = item;
	const words = text.notifications;
	const newest = last && last.author !== self.id && last.text !== '' ? last : undefined;
	const isAbout = newest !== undefined && !late && (!mentionsOnly || mentions(newest.text, self));
	const count = mentionsOnly ? words.mentioned(calls(item)) : words.unread(calls(item));
	if (!withText || !isAbout)
		return { conversation: id, title: name, body: late ? text.late.bar(item.late) : count };
	const said = textPreview(newest.text, BODY_MAX);
	const body = item.kind === 'group' ? words.by(newest.authorName, said) : said;
	return { conversation: id, title: name, body };
}
