import { expect, it } from 'vitest';
import { TypedForms } from './typedForms';

it('a form that is made anew goes on from what was typed into it, and into no other', () => {
	const typed = new TypedForms();
	const begin = { username: '', password: '' };
	expect(typed.of('login', begin)).toEqual(begin);
	typed.keep('login', { username: 'alice', password: 'warp and weft' });
	expect(typed.of('login', begin)).toEqual({ username: 'alice', password: 'warp and weft' });
	expect(typed.of('register', begin).password).toBe('');
	expect(typed.of('reset', { password: '' })).toEqual({ password: '' });
});

it('begins with who was logged in here', () => {
	expect(new TypedForms('alice').of('login', { username: '' })).toEqual({ username: 'alice' });
});

it('a username is taken along from one form to the next and back, as it was typed last', () => {
	const typed = new TypedForms();
	const begin = { username: '', password: '' };
	typed.keep('login', { username: 'alice', password: 'warp and weft' });
	expect(typed.of('register', begin).username).toBe('alice');
	typed.keep('register', { username: 'alice.sund', password: '' });
	expect(typed.of('login', begin)).toEqual({ username: 'alice.sund', password: 'warp and weft' });
});
