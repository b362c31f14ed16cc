import { command } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { SAMPLE } from '$lib/protocol/restSamples';

const example = { params: { userId: SAMPLE.userId } };

export const PUT = command(
	{ summary: 'Blocks somebody', answers: { 204: NOTHING }, example },
	({ skein, user, param }) => {
		skein.blocks.block(user.id, param('userId'));
		return { status: 204 };
	}
);

export const DELETE = command(
	{
		summary: 'Blocks somebody no longer',
		description: 'Of somebody who is not blocked too: then nothing changes.',
		answers: { 204: NOTHING },
		example
	},
	({ skein, user, param }) => {
		skein.blocks.unblock(user.id, param('userId'));
		return { status: 204 };
	}
);
