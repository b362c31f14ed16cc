import { mayReadMetrics, type MetricsRequest } from './metricsAccess';
import type { Metrics } from './metrics';

/** The answer to `GET /metrics`: in Prometheus' text format, or 403. */
export async function metricsAnswer(
	metrics: Metrics,
	token: string | undefined,
	request: MetricsRequest
): Promise<Response> {
	const answer = (status: number, text: string, type: string) =>
		new Response(text, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } });
	if (!mayReadMetrics(request, token))
		return answer(403, 'Metrics are for this machine, or for who knows METRICS_TOKEN.\n', 'text/plain');
	const { text, contentType } = await metrics.read();
	return answer(200, text, contentType);
}
