/** What every component below the app's frame may ask for. One of each in a page, given by the composition root. */
import { createContext } from 'svelte';
import type { AppModel } from '../state/models';
import type { ShownSync } from './connection/shownSync.svelte';
import type { Toasts } from './frame/toasts.svelte';
import type { Today } from './text/today.svelte';

export const [getApp, setApp] = createContext<AppModel>();
export const [getShownSync, setShownSync] = createContext<ShownSync>();
export const [getToday, setToday] = createContext<Today>();
export const [getToasts, setToasts] = createContext<Toasts>();
