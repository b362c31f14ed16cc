/** Makes the sentences about commands that wait on this device, and about those that the server would not carry out. */
import type { CommandRefusal } from '../../protocol/problemCodes';
import type { CommandProblem, QueuedRow } from '../../state/onlyHereRows';
import type { CommandOf, CommandType } from '../../sync/commands/commandTable';
import type { Refusal } from '../../sync/outbox';

export type WordedCommands = {
	readonly [Type in CommandType]: {
		/** What will happen, under the conversation's name. */
		readonly queued: (command: CommandOf<Type>) => string;
		/** What has not happened. */
		readonly refused: (command: CommandOf<Type>, conversation: string) => string;
		/** Why, where it is not what the code means elsewhere. */
		readonly why?: Readonly<Partial<Record<CommandRefusal, string>>>;
	};
};

/** Why, by the server's code. */
export type WhyRefused = Readonly<Record<CommandRefusal, string>>;

export interface CommandSentences {
	readonly queued: (row: Pick<QueuedRow, 'command'>) => string;
	readonly refused: (problem: Pick<CommandProblem, 'command' | 'conversationName' | 'refusal'>) => string;
}

export function commandSentences(worded: WordedCommands, why: WhyRefused): CommandSentences {
	const isWorded = (code: string): code is CommandRefusal => Object.hasOwn(why, code);

	/** Of a code that a later server has, its own words serve. */
	const whyOf = (words: WordedCommands[CommandType] | undefined, { code, message }: Refusal): string =>
		isWorded(code) ? (words?.why?.[code] ?? why[code]) : message;

	return {
		queued: ({ command }) => {
			// The name says which shape it is.
			const words = worded[command.type] as WordedCommands[CommandType] | undefined;
			return words ? (words.queued as (of: typeof command) => string)(command) : '';
		},
		refused: ({ command, conversationName, refusal }) => {
			const words = worded[command.type] as WordedCommands[CommandType] | undefined;
			const what = words
				? (words.refused as (of: typeof command, name: string) => string)(command, conversationName)
				: '';
			return `${what} ${whyOf(words, refusal)}`.trim();
		}
	};
}
