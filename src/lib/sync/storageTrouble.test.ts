import { expect, it } from 'vitest';
import { createEmitter } from './emitter';
import { createStorageTrouble } from './storageTrouble';
import type { StorageProblem } from './ports';

it('a full disk is told from one that keeps nothing, and all is well once the storage says so', () => {
	const storage = createEmitter<StorageProblem | undefined>();
	const trouble = createStorageTrouble({ onProblem: storage.on });
	trouble.note(new DOMException('no space', 'QuotaExceededError'));
	expect(trouble.problem).toBe('full');
	storage.emit(undefined);
	expect(trouble.problem).toBeUndefined();
	trouble.note(new DOMException('closed', 'InvalidStateError'));
	expect(trouble.problem).toBe('unavailable');
});
