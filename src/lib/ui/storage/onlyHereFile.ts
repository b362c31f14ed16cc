import { textOnlyHere, type TextsHere } from '../account/textOnlyHere';
import type { AppModel } from '../../state/models';
import type { BegunRow, DeedRow, SettingRow } from '../../state/onlyHereRows';
import { saidOfDeed } from '../onlyHere/saidOfDeed';
import { saidOfSetting } from '../onlyHere/saidOfSetting';
import { text } from '../text';
import { exactTime } from '../text/when';

interface Held extends TextsHere, Pick<AppModel, 'queued' | 'self'> {
	readonly deeds: readonly DeedRow[];
	readonly settings: readonly SettingRow[];
	readonly inOtherTabs: readonly BegunRow[];
}

/** A file for people: its name and what stands in it. `at` is now, in milliseconds since 1970; `host` the server's. */
export function onlyHereFile(app: Held, { at, host }: { readonly at: number; readonly host: string }) {
	const words = text.storage.file;
	const changes = [
		...app.queued.map((row) => [row.conversationName, text.commands.queued(row)]),
		...app.deeds.map((row) => [row.conversationName, saidOfDeed(row)]),
		...app.settings.map((row) => [row.conversationName, saidOfSetting(row)])
	].map((said) => said.filter((part) => part !== '').join(': '));
	const parts = [
		`# ${words.title(app.self.displayName, host)}`,
		words.saved(exactTime(at)),
		textOnlyHere(
			app,
			{
				draftMark: text.logOut.draftMark,
				draftOf: ({ draftHere }) => draftHere,
				inOtherTabs: app.inOtherTabs
			},
			exactTime
		),
		...(changes.length > 0 ? [`## ${words.changes}`, changes.join('\n')] : [])
	];
	return {
		name: `skein-${new Date(at).toISOString().slice(0, 10)}.txt`,
		content: `${parts.filter((part) => part !== '').join('\n\n')}\n`
	};
}
