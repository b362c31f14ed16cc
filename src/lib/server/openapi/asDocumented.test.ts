/** What holds answers against the document must hear of each that is otherwise. */
import { expect, it } from 'vitest';
import { otherwise } from './asDocumented.fixture';
import { openApiDocument } from './openApiDocument';
import { SAMPLE } from '../../protocol/restSamples';
import { routeTable } from '../../../routes/api/routeTable';

const { paths, components } = openApiDocument(await routeTable(), { version: '1', cookie: 'skein' });
const heard = (answer: Response, path = '/api/users/{id}', method = 'get') =>
	otherwise(answer, paths[path]?.[method] ?? expect.fail(path), components);

const user = { id: SAMPLE.userId, username: 'wanda', displayName: 'Wanda' };
const ask = (body: unknown) => heard(Response.json(body));

it('says nothing of an answer as it is documented', async () => {
	expect(await ask({ user })).toEqual([]);
	expect(await heard(new Response(null, { status: 204 }), '/api/logout', 'post')).toEqual([]);
});

it.each([
	['without what is always there', { user: { id: user.id, username: 'wanda' } }],
	['with what is not documented', { user, secret: 1 }],
	['with what is not documented within', { user: { ...user, password: 'x' } }],
	['of another type', { user: { ...user, displayName: 7 } }],
	['of nothing', null]
])('tells of one %s', async (_, body) => expect(await ask(body)).not.toEqual([]));

it('tells of another status, another type, a body where there is none, and none where there is one', async () => {
	expect(await heard(Response.json({ user }, { status: 201 }))).not.toEqual([]);
	expect(await heard(new Response('{}', { headers: { 'content-type': 'text/html' } }))).not.toEqual([]);
	const noBody = new Response('', { headers: { 'content-type': 'image/webp' } });
	expect(await heard(noBody, '/api/pictures/{hash}')).not.toEqual([]);
	const someBody = new Response('{}', { status: 202 });
	expect(await heard(someBody, '/api/password/forgot', 'post')).not.toEqual([]);
});
