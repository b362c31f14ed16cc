import { createContext, type Component } from 'svelte';
import type { Deferred } from '../frame/deferred.svelte';

/** Draws a text with its marks: a part of its own (FormattedText.svelte), as most messages do without. */
export const [getFormatted, setFormatted] = createContext<Deferred<Component<{ text: string }>>>();
