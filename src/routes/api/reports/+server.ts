import { endpoint } from '$lib/server/http/endpoint';
import { NOTHING } from '$lib/server/http/routeSpec';
import { reportSchema } from '$lib/protocol/rest';
import { SAMPLE } from '$lib/protocol/restSamples';

export const POST = endpoint(
	{
		summary: 'Reports a message or a person to the administrators',
		description:
			'With a message goes what stood around it. Who reported is told to nobody but the administrators. Reported again before it is settled, nothing changes.',
		rate: 'report',
		holdsTexts: true,
		body: reportSchema,
		answers: { 204: NOTHING },
		example: { body: { userId: SAMPLE.userId, reason: 'harassment', words: 'Writes to me day and night.' } }
	},
	async ({ skein, user, body, once, isRepeat }) => {
		if (isRepeat()) return once(() => ({ status: 204 }));
		const subject = await skein.reports.subjectOf(user.id, body);
		return once(() => {
			skein.reports.add(user.id, body, subject);
			return { status: 204 };
		});
	}
);
