/** A whole binary frame of a client of up to 125 bytes (RFC 6455, section 5.2), with a mask of zeros. */
export const maskedFrame = (message: Uint8Array): Buffer =>
	Buffer.concat([Buffer.from([0x82, 0x80 | message.length, 0, 0, 0, 0]), message]);
