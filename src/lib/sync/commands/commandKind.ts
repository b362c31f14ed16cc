/**
 * What there is to say about one kind of command on this device. Pure: how it is worded stands in the catalogue of texts,
 * what it asks of the server in commandAsks.ts.
 */
import type { ConversationId, UserId } from '../../domain/ids';
import type { Directory } from '../../domain/directory';
import type { Info } from '../../domain/info';
import type { Person } from '../../domain/people';

/** A request of the REST API; the command's id goes along as its `Idempotency-Key`. */
export interface Ask {
	readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/** Behind `/api`. */
	readonly path: string;
	readonly body?: object;
	/** Bytes to send as they are, instead. */
	readonly upload?: Upload;
}

export interface Upload {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** For example `image/webp`. */
	readonly type: string;
}

/** A picture that this device has made. */
export interface NamedUpload extends Upload {
	/** What this device calls it until the server's word is here: under which name the server keeps it, it alone knows. */
	readonly name: string;
}

export interface CommandKind<C> {
	/** The conversation that it is about, if it is about one. */
	conversation?(command: C): ConversationId | undefined;
	/**
	 * What it changes or builds upon. Commands that have some of it in common leave in the order they were given; the
	 * others do not wait for one another.
	 */
	touches(command: C): readonly Touched[];
	/** What else it builds upon, and does not hold up itself. */
	waitsFor?(command: C): readonly Touched[];
	/** It ends what one may write in its conversation, so what was written there before leaves first. */
	readonly endsWriting?: true;
	/** The people whom the command names, so that they have names before the server has answered. */
	people?(command: C): readonly Person[];
	/**
	 * What it changes on the screen until the server's word is here. Gives back the very same object if that word holds
	 * already what the command asks for.
	 */
	info?(info: Info, command: C, self: Person): Info;
	directory?(directory: Directory, command: C, self: Person): Directory;
}

/** A conversation, a person, or one of the things of one's own account. */
export type Touched = ConversationId | UserId | 'profile' | 'picture';

/** The kinds of commands by their names, given what each holds. */
export type KindsOf<Shapes> = { readonly [Name in keyof Shapes]: CommandKind<Shapes[Name]> };
