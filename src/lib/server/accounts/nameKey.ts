/** A name without case and accents: what makes two usernames the same, and what a search compares. */
export const nameKey = (name: string): string =>
	name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC').trim();
