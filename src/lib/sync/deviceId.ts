import type { LocalStore, Tabs } from './ports';
import type { RandomBytes } from '../domain/ids';

export interface DeviceIdOptions {
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly randomBytes: RandomBytes;
	/** The disk did not take it: the next start mints another. */
	readonly onProblem: (error: unknown) => void;
}

/** Each tab is a device of its own, so that none writes over what is typed in another; the first has the plain id. */
export async function openDeviceId(options: DeviceIdOptions): Promise<string> {
	const [kept, slot] = await Promise.all([keptDeviceId(options), options.tabs.slot()]);
	return slot === 0 ? kept : `${kept}.${slot}`;
}

/** The number of the tab whose device id it is. */
export const slotOf = (device: string): number => Number(device.split('.')[1] ?? 0);

async function keptDeviceId({ local, randomBytes, onProblem }: DeviceIdOptions): Promise<string> {
	const kept = await local.get<string>('clock', 'deviceId');
	if (kept !== undefined) return kept;
	const minted = Array.from(randomBytes(6), (byte) => byte.toString(16).padStart(2, '0')).join('');
	await local.put('clock', 'deviceId', minted).catch(onProblem);
	return minted;
}
