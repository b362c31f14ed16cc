/**
 * Where Yjs and its provider run, in place of `lib0/environment` in the app's bundle (scripts/inBrowser.mjs), which tells
 * Node from a browser and reads settings out of the address and the browser's storage: nothing that they are to depend on.
 */
export const isNode = false;
export const isBrowser = true;
/** No setting is made. */
export const getVariable = (): null => null;
