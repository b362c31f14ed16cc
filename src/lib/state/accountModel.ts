import type { Device } from '../sync/device';

/** What a person does with their own account. */
export interface AccountModel {
	/** A PNG, JPEG or WebP; undefined for none. It holds here at once. Rejects if the disk does not take it. */
	setPicture(picture: Blob | undefined): Promise<void>;
}

export function createAccountModel(device: Device): AccountModel {
	return {
		async setPicture(picture) {
			if (!picture) return device.outbox.add({ type: 'set-picture' });
			const name = device.pictures.mintName();
			const bytes = new Uint8Array(await picture.arrayBuffer());
			await device.pictures.hold(name, picture);
			await device.outbox.add({ type: 'set-picture', picture: { name, bytes, type: picture.type } });
		}
	};
}
