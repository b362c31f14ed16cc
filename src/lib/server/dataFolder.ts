import { mkdirSync } from 'node:fs';

/** Makes the folder that holds what people write, for this user of the machine alone. One that is there stays as it is. */
export const makeDataFolder = (path: string): void => void mkdirSync(path, { recursive: true, mode: 0o700 });
