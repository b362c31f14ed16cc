import { beforeEach, expect, it } from 'vitest';
import { setGroupPicture } from './groupPicture';
import type { Command } from './commands/commandTable';
import type { QueuedCommand } from './outbox';

const conversation = 'c1';
const upload = (name: string) => ({ name, bytes: new Uint8Array([1]), type: 'image/png' });

let commands: QueuedCommand[];
/** Whether what waits has left by the time it is taken back. */
let left: boolean;
beforeEach(() => {
	commands = [];
	left = false;
});
const outbox = {
	get commands() {
		return commands;
	},
	async cancel(id: string) {
		if (!left) commands = commands.filter((queued) => queued.id !== id);
		return !left;
	},
	async add(command: Command) {
		commands.push({ id: `${commands.length}`, command });
	}
};
const set = (name: string | undefined, shown: string | undefined) =>
	setGroupPicture(outbox, { conversation, shown, picture: name === undefined ? undefined : upload(name) });
const asked = () =>
	commands.map(({ command }) => command.type === 'set-group-picture' && [command.picture?.name, command.was]);

it('a picture is set over the one that was shown', async () => {
	await set('new-1', 'hash');
	expect(asked()).toEqual([['new-1', 'hash']]);
});

it('a first picture is set over none', async () => {
	await set('new-1', undefined);
	expect(asked()).toEqual([['new-1', '']]);
});

it('one that waits gives its place to the next, which is set over what the server has', async () => {
	await set('new-1', 'hash');
	await set('new-2', 'new-1');
	await set(undefined, 'new-2');
	expect(asked()).toEqual([[undefined, 'hash']]);
});

it('over one that has left, of which the server’s name is not known yet, it is set as it is', async () => {
	await set('new-1', 'hash');
	left = true;
	await set('new-2', 'new-1');
	expect(asked()).toEqual([
		['new-1', 'hash'],
		['new-2', undefined]
	]);
	commands = [];
	await set('new-3', 'new-2');
	expect(asked()).toEqual([['new-3', undefined]]);
});
