import { expect, it } from 'vitest';
import { protect } from './protectiveHeaders';

const url = new URL('https://chat.example/');
const policyOf = (headers: Record<string, string>) => {
	const answer = new Response('', { headers });
	protect(answer, url);
	return answer.headers.get('content-security-policy');
};

it('a page that brings no policy, such as one of SvelteKit’s own about an error, may do nothing', () => {
	expect(policyOf({ 'content-type': 'text/html; charset=utf-8' })).toMatch(/^default-src 'none'; .*sandbox$/);
});

it('one that brings a policy keeps it', () => {
	const policy = "default-src 'self'";
	expect(policyOf({ 'content-type': 'text/html', 'content-security-policy': policy })).toBe(policy);
});
