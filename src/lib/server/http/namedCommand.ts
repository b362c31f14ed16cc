import { createHash } from 'node:crypto';
import { Problem } from './problem';
import type { NamedCommand } from '../commands/commandLog';
import { COMMAND_ID_MAX } from '../../domain/limits';
import { COMMAND_HEADER } from '../../protocol/headers';

const ID = new RegExp(`^[\\x21-\\x7e]{1,${COMMAND_ID_MAX}}$`);

/** The id that a client gave its request; undefined if it gave none. Throws a Problem if it is none. */
export function commandId(request: Request): string | undefined {
	const id = request.headers.get(COMMAND_HEADER);
	if (id === null) return undefined;
	if (ID.test(id)) return id;
	throw new Problem(
		400,
		'invalid',
		`The id of a command is 1 to ${COMMAND_ID_MAX} letters, digits and signs of ASCII.`,
		COMMAND_HEADER
	);
}

/**
 * The key that a message was given, in its body or as the id of its request; undefined if it has none. Throws a Problem if
 * it has both and they differ: whoever asked again by the one that did not count would have it written a second time.
 */
export function messageKey(request: Request, key: string | undefined): string | undefined {
	const id = commandId(request);
	if (key === undefined || id === undefined || key === id) return key ?? id;
	throw new Problem(
		400,
		'invalid',
		`This is another key than ${COMMAND_HEADER} says. Give one of them.`,
		'key'
	);
}

/** The command that a request is, if its client gave it an id. `body` is what the request holds. */
export function namedCommand(
	{ request, url }: { readonly request: Request; readonly url: URL },
	body: unknown
): NamedCommand | undefined {
	const id = commandId(request);
	if (id === undefined) return undefined;
	// A hash, since a path may hold a secret.
	const asked = JSON.stringify([request.method, url.pathname + url.search, body ?? null]);
	return { id, request: createHash('sha256').update(asked).digest('base64url') };
}
