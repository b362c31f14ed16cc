import { resolve } from '$app/paths';

/** Whether a page that is loaded anew would come. Asked of the network itself: what is shown of it may be a moment old. */
export async function serverAnswers(): Promise<boolean> {
	try {
		return (await fetch(resolve('/'), { method: 'HEAD', cache: 'no-store' })).ok;
	} catch {
		return false;
	}
}
