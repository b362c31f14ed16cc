import { expect, it } from 'vitest';
import { group as arabic } from './ar/group';
import { group as english } from './en/group';
import { group as german } from './de/group';

it.each([
	['en', english, 'not used yet', 'used 1 time'],
	['de', german, 'noch nicht benutzt', '1-mal benutzt'],
	['ar', arabic, 'لم يُستخدم بعد', 'استُخدم مرة واحدة']
] as const)('a link that nobody has used is told so and not by a number: %s', (_, words, unused, once) => {
	expect([words.linkUsed(0, undefined), words.linkUsed(1, undefined)]).toEqual([unused, once]);
});
