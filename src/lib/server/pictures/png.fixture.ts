/** PNG files made by hand, so that a test can say anything in them. The format is that of the W3C's PNG specification. */
import { deflateSync } from 'node:zlib';

interface PngOptions {
	readonly width: number;
	readonly height: number;
	/** Chunks between the header and the pixels, by type. */
	readonly chunks?: readonly (readonly [type: string, data: Uint8Array])[];
	/** Compressed pixels; as many as the size says, all black, unless given. */
	readonly pixels?: Uint8Array;
}

/** RGB, 8 bits each. */
export function png({ width, height, chunks = [], pixels }: PngOptions): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 2, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		...chunks.map(([type, data]) => chunk(type, data)),
		chunk('IDAT', pixels ?? deflateSync(Buffer.alloc((width * 3 + 1) * height))),
		chunk('IEND', new Uint8Array())
	]);
}

function chunk(type: string, data: Uint8Array): Buffer {
	const framed = Buffer.alloc(data.length + 12);
	framed.writeUInt32BE(data.length, 0);
	framed.write(type, 4, 'latin1');
	framed.set(data, 8);
	framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8);
	return framed;
}

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}

/** A compressed text that is as long as one likes when it is unpacked. */
export const packedText = (keyword: string, bytes: number): readonly [string, Uint8Array] => [
	'zTXt',
	Buffer.concat([Buffer.from(`${keyword}\0\0`, 'latin1'), deflateSync(Buffer.alloc(bytes, 'A'))])
];
