import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The file of the built app that this stands in, and in no other. */
export function partOfBuild(text: string): string {
	const folder = fileURLToPath(new URL('../../build/client/_app/immutable/chunks/', import.meta.url));
	const says = (name: string) =>
		name.endsWith('.js') && readFileSync(`${folder}${name}`, 'utf8').includes(text);
	const [name, ...others] = readdirSync(folder).filter(says);
	if (name === undefined || others.length > 0) {
		throw new Error(`not one part of the build has “${text}”, but ${[name, ...others].join() || 'none'}`);
	}
	return name;
}
