/** What is said, above everything, of what this device cannot keep, has lost, or may load anew. */
import { messages, say } from './sentences';

export const notice = {
	storageUnavailable:
		'This browser does not let Skein keep anything. What you write is lost when this page closes.',
	storageFull: 'This device is full. What you write now may not be kept: free some space.',
	storageBlocked:
		'Another tab with an older Skein holds the storage of this browser. Close it, or what you write here is lost when this page closes.',
	copyLost: (n: number) =>
		say`This browser has lost its copy of your conversations. They come back from the server, but for ${messages(n)} that had not been sent.`,
	plainHttp: 'This address is not secure (plain http), so nothing works offline here.',
	updateReady: 'A new version of Skein is ready.',
	update: 'Update',
	updateLater: 'Later, at the next start'
} as const;
