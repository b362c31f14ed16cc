/**
 * @typedef {object} Relay what an HTTP server needs of it
 * @property {(request: import('node:http').IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => boolean} handleUpgrade
 * @property {() => Promise<void>} close
 */

/**
 * The relay that the app made when it started. Undefined before.
 * @returns {Relay | undefined}
 */
export const publishedRelay = () => Reflect.get(globalThis, Symbol.for('skein.relay'));
