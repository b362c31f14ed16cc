/** Bytes as hex literals, for golden tests. Blanks are for the eye. */
export const fromHex = (hex: string): Uint8Array =>
	Uint8Array.from(hex.replace(/\s+/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const toHex = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
