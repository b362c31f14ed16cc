/** What the schemas of answers are made with. */
import { z } from 'zod';

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T;
export type Of<S extends z.ZodType> = ReadonlyDeep<z.output<S>>;

export const ms = z.int().describe('Milliseconds since 1970.');
