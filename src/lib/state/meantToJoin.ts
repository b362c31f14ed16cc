/**
 * Which invite link led away to log in or to register: who comes back by it has said already that they want to join. Of
 * this window alone and for once; never of the address, which others write.
 */
import { windowStorage } from './begunForm';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const MEANT = 'skein.meant-to-join';

/** As they are led away. */
export function noteMeantToJoin(token: string, storage: Kept | undefined = windowStorage()): void {
	try {
		storage?.setItem(MEANT, token);
	} catch {
		// They are asked once more.
	}
}

/** As they are back: true if it was this link, and not asked before. */
export function takeMeantToJoin(token: string, storage: Kept | undefined = windowStorage()): boolean {
	const isMeant = storage?.getItem(MEANT) === token;
	if (isMeant) storage?.removeItem(MEANT);
	return isMeant;
}
