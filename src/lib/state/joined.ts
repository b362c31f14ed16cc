type Intersection<Parts> = Parts extends readonly [infer First, ...infer Rest]
	? First & Intersection<Rest>
	: unknown;

/** One object of several, with their getters as getters: a spread would read each of them once and for all. */
export function joined<const Parts extends readonly object[]>(...parts: Parts): Intersection<Parts> {
	const whole = {};
	for (const part of parts) Object.defineProperties(whole, Object.getOwnPropertyDescriptors(part));
	return whole as Intersection<Parts>;
}
