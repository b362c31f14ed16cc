import type { AnyValue } from '../domain/boundedAny';

/** True if two values of facts say the same, whatever the order of their keys. */
export function compareFactValues(a: AnyValue, b: AnyValue): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b) || a instanceof Uint8Array !== b instanceof Uint8Array)
		return false;
	const left = Object.entries(a);
	const right = new Map(Object.entries(b));
	return (
		left.length === right.size &&
		left.every(([key, value]) => right.has(key) && compareFactValues(value, right.get(key)))
	);
}
