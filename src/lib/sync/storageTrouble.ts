import { createEmitter } from './emitter';
import type { DeviceStorage, StorageProblem } from './ports';

/** What is wrong with this device's storage: what the storage itself says, and writes that should be there and are not. */
export function createStorageTrouble(storage: Pick<DeviceStorage, 'onProblem'>) {
	const changed = createEmitter<void>();
	let problem: StorageProblem | undefined;
	const close = storage.onProblem((told) => {
		problem = told;
		changed.emit();
	});
	return {
		get problem() {
			return problem;
		},
		/** A write that should be on disk is not. What the storage said itself says more. */
		note(error?: unknown): void {
			problem ??= storageProblemOf(error);
			changed.emit();
		},
		onChange: changed.on,
		close
	};
}

/** What a write that failed says of this browser's storage. */
export const storageProblemOf = (error: unknown): StorageProblem =>
	error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'unavailable';
