/** The route of all addresses that nothing answers to: whoever is logged in is told so in the app's own frame. */
export const MISSING = '/(app)/[...missing]';
