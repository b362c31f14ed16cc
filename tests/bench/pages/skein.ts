/** The Skein arm: the app's own device and view models over this browser's IndexedDB, without its look. */
import { browserPorts } from '../../../src/lib/state/browserPorts';
import { createApp } from '../../../src/lib/state/app';
import { createDevice, type Device } from '../../../src/lib/sync/device';
import {
	drawList,
	drawMessages,
	LINKS_AT_FIRST,
	painted,
	sendByKey,
	watchFrames,
	type Frames,
	type Keypress,
	type Opening
} from './paint';
import { until, whenever } from './whenever';
import type { AppModel, ConversationModel } from '../../../src/lib/state/models';
import type { MessageRow } from '../../../src/lib/state/timelineRow';
import type { ConversationId } from '../../../src/lib/domain/ids';
import type { Person } from '../../../src/lib/domain/people';

/** By then it will not come: the figure says so. */
const CATCH_UP_MAX_MS = 60_000;

const ready = performance.now();
let device: Device | undefined;
let app: AppModel | undefined;
let model: ConversationModel | undefined;
let sent: readonly Keypress[] = [];

const messages = (): MessageRow[] => model!.rows.filter((row): row is MessageRow => row.type === 'message');

async function start(self: Person, shownFirst?: ConversationId): Promise<void> {
	device = await createDevice({ self, origin: location.origin, ports: browserPorts(self.id), shownFirst });
	device.connect();
	app = createApp(device, { lost: 0, stopListening: () => {} });
}

async function open(self: Person, id: ConversationId): Promise<Opening> {
	const begun = performance.now();
	await start(self, id);
	model = app!.openConversation(id);
	whenever(
		() => model!.rows,
		() => drawMessages(messages())
	);
	await until(() => model!.status === 'open' && model!.rows.length > 0);
	const end = await painted();
	return { navigation: ready, open: end - begun, shown: document.querySelectorAll('article').length };
}

const links = () => app!.conversations.map(({ id, name, last }) => ({ id, name, last: last?.text ?? '' }));

async function openList(self: Person): Promise<Opening> {
	const begun = performance.now();
	await start(self);
	whenever(
		() => app!.conversations,
		() => drawList(links().slice(0, LINKS_AT_FIRST))
	);
	await until(() => app!.conversations.length > 0);
	const end = await painted();
	return { navigation: ready, open: end - begun, shown: document.querySelectorAll('a').length };
}

/** From the moment that the line is up until this text stands at the end of the conversation, and all is here. */
async function catchUp(lastText: string): Promise<Frames> {
	const { link } = device!;
	const online = new Promise<void>((resolve) => {
		const stop = link.onChange(() => {
			if (link.status !== 'online') return;
			stop();
			resolve();
		});
	});
	link.connect();
	await online;
	const late = new Promise((resolve) => setTimeout(resolve, CATCH_UP_MAX_MS));
	const shown = until(() => {
		if (app!.sync.state !== 'synced') return false;
		if (messages().at(-1)?.text === lastText) return true;
		// As the reader does who wants to see the end.
		void model!.showLatest();
		return false;
	});
	return watchFrames(Promise.race([shown, late]));
}

/** Databases of this conversation's segments in this browser. */
async function segmentsHere(): Promise<number> {
	const databases = await indexedDB.databases();
	return databases.filter(({ name }) => name?.includes(`:c/${model!.id}/`)).length;
}

const bench = {
	open,
	openList,
	catchUp,
	goOffline: () => device!.disconnect(),
	syncState: () => device!.syncState,
	segmentsHere,
	startSending: () => void (sent = sendByKey((text) => model!.send(text))),
	sent: () => sent
};
export type SkeinBench = typeof bench;
Object.assign(window, { bench });
