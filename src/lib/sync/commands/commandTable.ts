/**
 * Every command that can wait on a device for the server's authority, by name. What is not here needs a connection, and
 * its screen says so.
 */
import { accountCommands, type AccountCommands } from './accountCommands';
import { conversationCommands, type ConversationCommands } from './conversationCommands';
import { groupCommands, type GroupCommands } from './groupCommands';
import { messageCommands, type MessageCommands } from './messageCommands';
import type { CommandKind, KindsOf } from './commandKind';

type Shapes = ConversationCommands & GroupCommands & MessageCommands & AccountCommands;

export type CommandType = keyof Shapes;
export type CommandOf<Type extends CommandType> = { readonly type: Type } & Shapes[Type];
export type Command = { [Type in CommandType]: CommandOf<Type> }[CommandType];

const TABLE: KindsOf<Shapes> = {
	...conversationCommands,
	...groupCommands,
	...messageCommands,
	...accountCommands
};

/** Undefined for a command that a later version has kept. */
export function kindOf(command: Command): CommandKind<Command> | undefined {
	const kinds: Readonly<Record<string, CommandKind<never> | undefined>> = TABLE;
	// The name says which shape it is.
	return kinds[command.type] as CommandKind<Command> | undefined;
}

/** The conversation that a command is about, if it is about one. */
export function conversationOf(command: Command): string | undefined {
	return kindOf(command)?.conversation?.(command);
}
