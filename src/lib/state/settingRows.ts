import { namesOf } from './conversationNames';
import type { Device } from '../sync/device';
import type { SettingRow } from './onlyHereRows';

/** Pins, mutes and settings that wait on this device, in the order in which they were set. */
export const settingRows = (device: Device): readonly SettingRow[] =>
	device.home.waiting
		.flatMap((key) => {
			const fact = device.home.facts.get(key);
			const [kind = '', of = ''] = key.split('/');
			if (!fact) return [];
			const isSetting = kind === 'setting';
			const named = isSetting ? '' : (device.summaries.get(of)?.name ?? namesOf(device, of).name);
			const on = fact.value === true;
			return [{ key, what: isSetting ? of : kind, on, conversationName: named, at: fact.stamp.ms }];
		})
		.sort((a, b) => a.at - b.at);
