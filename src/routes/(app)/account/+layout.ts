import { speakLater } from '$lib/ui/text';

export async function load({ parent }: { parent: () => Promise<unknown> }): Promise<void> {
	await parent();
	await speakLater();
}
