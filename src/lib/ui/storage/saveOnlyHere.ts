import { onlyHereFile } from './onlyHereFile';
import { settingRows } from '../../state/settingRows';
import { deedRows, onlyHereItems } from '../../state/unsentRows';
import type { AppModel } from '../../state/models';
import type { BegunRow } from '../../state/onlyHereRows';

/** Gives the person what exists on this device alone, in its other tabs too, as a file, with no network too. */
export function saveOnlyHere(app: AppModel, inOtherTabs: readonly BegunRow[]): void {
	const { self, conversations, salvaged, queued } = app;
	const { name, content } = onlyHereFile(
		{
			self,
			conversations,
			salvaged,
			queued,
			deeds: app.read(deedRows),
			settings: app.read(settingRows),
			onlyHere: app.read(onlyHereItems),
			inOtherTabs
		},
		{ at: app.now(), host: location.host }
	);
	const url = URL.createObjectURL(new Blob([content], { type: 'text/plain;charset=utf-8' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
