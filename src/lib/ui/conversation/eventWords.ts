import type { EventRow } from '../../state/timelineRow';
import { text } from '../text';

/** What the server noted in a timeline, as a sentence. Events of later versions are told in general words. */
export function eventWords({ event, byName, whoNames, name }: EventRow): string {
	const words = text.event;
	const others = whoNames.filter((who) => who !== byName);
	switch (event) {
		case 'created':
			return words.created(byName);
		case 'joined':
			return byName !== '' && others.length > 0 ? words.added(byName, others) : words.joined(whoNames);
		case 'left':
			return byName !== '' && others.length > 0 ? words.removed(byName, others) : words.left(whoNames);
		case 'removed':
			return words.removed(byName, whoNames);
		case 'described':
			return words.described(byName);
		case 'picture':
			return words.picture[name === 'removed' ? 'removed' : 'changed'](byName);
		case 'role':
			if (name === 'owner' || name === 'admin' || name === 'member')
				return words.role[name](byName, whoNames);
			return words.other(byName);
		case 'handed-over':
			return words.handedOver(byName, whoNames);
		case 'history':
			return words.history[name === 'joining' ? 'joining' : 'start'](byName);
		case 'joining':
			return words.joining[name === 'request' ? 'request' : 'open'](byName);
		case 'renamed':
			return words.renamed(byName, name ?? '');
		default:
			return words.other(byName);
	}
}
