import { onDocumentChange } from '../conversation/documentChanges';
import { createEmitter } from './emitter';
import { readFacts } from '../conversation/factDocument';
import { readInfo, type Info } from '../domain/info';
import { readSegmentSpans, type SegmentSpan } from '../domain/segmentSpans';
import type { RoomSync } from './roomSync';

export type InfoSync = ReturnType<typeof openInfoSync>;

/** A conversation's info document on this device, read when asked for and only if it has changed. */
export function openInfoSync(room: RoomSync) {
	const changed = createEmitter();
	let info: Info | undefined;
	let spans: ReadonlyMap<number, SegmentSpan> = new Map();
	let stale = true;

	function read(): void {
		if (!stale) return;
		const facts = readFacts(room.doc, room.disowned);
		info = readInfo(facts);
		spans = readSegmentSpans(facts);
		stale = false;
	}

	onDocumentChange(room.doc, () => {
		stale = true;
		changed.emit();
	});
	let { disowned } = room;
	room.onChange(() => {
		stale ||= disowned !== room.disowned;
		({ disowned } = room);
		changed.emit();
	});

	return {
		room,
		whenLoaded: room.whenLoaded,
		onChange: changed.on,
		/** What the server says of the conversation; undefined until it has said so on this device. */
		get info(): Info | undefined {
			read();
			return info;
		},
		/** When the messages of each segment begin and end. */
		get spans(): ReadonlyMap<number, SegmentSpan> {
			read();
			return spans;
		}
	};
}
