/* eslint-disable no-console -- it is the console that Yjs writes to */
/**
 * What Yjs writes to the console, in place of `lib0/logging` (vite.config.ts), which draws in colours and brings a library
 * for the DOM along with it: 3 kB of what is loaded for a conversation.
 */
export const warn = (...said: readonly unknown[]): void => console.warn(...said);
export const print = (...said: readonly unknown[]): void =>
	console.log(...said.filter((one) => typeof one !== 'symbol'));

/** The colours are symbols between the words. */
export const BOLD = Symbol('bold');
export const UNBOLD = Symbol('unbold');
export const ORANGE = Symbol('orange');
export const RED = Symbol('red');
