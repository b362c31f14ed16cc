/**
 * The system's notifications, through the service worker: they belong to the browser and not to a tab, so any tab finds
 * and closes them, and one takes the place of another with the same tag. The worker answers when one is pressed.
 */
import type { ConversationId, UserId } from '../../domain/ids';
import type { NotesPort } from './notifier';

/** What a notification carries; the service worker reads `path`. */
interface NoteData {
	readonly user: UserId;
	readonly conversation: ConversationId;
	readonly path: string;
}

const tagOf = (user: UserId, conversation: ConversationId): string => `${user}/${conversation}`;

/** Chromium has it, the types do not. */
interface Renotifying extends NotificationOptions {
	readonly renotify: boolean;
}

export function systemNotes(user: UserId, registration: ServiceWorkerRegistration): NotesPort {
	const shown = async (): Promise<readonly Notification[]> =>
		(await registration.getNotifications()).filter(({ data }) => (data as NoteData | null)?.user === user);
	return {
		standing: async () => (await shown()).map(({ data }) => (data as NoteData).conversation),
		async show({ conversation, title, body }) {
			const { lang, dir } = document.documentElement;
			const options: Renotifying = {
				body,
				tag: tagOf(user, conversation),
				renotify: true,
				icon: '/icon-192.png',
				lang,
				dir: dir === 'rtl' ? 'rtl' : 'ltr',
				data: { user, conversation, path: `/c/${conversation}` } satisfies NoteData
			};
			await registration.showNotification(title, options);
		},
		async withdraw(conversation) {
			const tag = tagOf(user, conversation);
			for (const notification of await registration.getNotifications({ tag })) notification.close();
		}
	};
}
