import type { DeedRow } from '../../state/onlyHereRows';
import { text } from '../text';

/** What happens with the next connection. */
export function saidOfDeed({ type, emoji, on, text: about }: DeedRow): string {
	const { deeds } = text.commands;
	if (type === 'redaction') return deeds.redaction;
	if (type === 'pin') return on ? deeds.pin(about) : deeds.unpin(about);
	return on ? deeds.react(emoji, about) : deeds.unreact(emoji, about);
}
