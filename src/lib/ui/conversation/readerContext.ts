import { createContext } from 'svelte';
import type { Reader } from './reader.svelte';
import type { VisibleRows } from './visibleRows';

export const [getReader, setReader] = createContext<Reader>();
export const [getVisibleRows, setVisibleRows] = createContext<VisibleRows>();
