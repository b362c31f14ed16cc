import { createChannelSocketClass } from './channelSocket';
import { createMembershipFirst, type MembershipFirstOptions } from './membershipFirst';
import { createProviders, type ProvideRoom } from './roomProvider';
import { createReceiptsGate, type ReceiptsGateOptions } from './receiptsGate';
import type { Link } from './link';

export interface DeviceProvidersOptions {
	readonly link: Link;
	/** For example `wss://chat.example/sync`. */
	readonly syncUrl: string;
	/** What stands in the way of what is written. */
	readonly waitsFor: ReceiptsGateOptions & MembershipFirstOptions;
}

/** Makes the providers of a device's rooms, as channels of its link. */
export function createDeviceProviders({ link, syncUrl, waitsFor }: DeviceProvidersOptions): ProvideRoom {
	const writes = createMembershipFirst(waitsFor);
	const opens = createReceiptsGate(waitsFor);
	return createProviders(syncUrl, createChannelSocketClass(link, { opens, writes }), writes.holds);
}
