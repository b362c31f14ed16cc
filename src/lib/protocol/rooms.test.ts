import { describe, expect, it } from 'vitest';
import { directoryRoom, homeRoom, infoRoom, parseRoom, segmentRoom } from './rooms';

const ALICE = 'a'.repeat(16);
const GROUP = '018bcfe5-6800-7000-8000-000000000000';
const DIRECT = `d-${ALICE}-${'b'.repeat(16)}`;

describe('room names', () => {
	it('read back as they were written', () => {
		expect(parseRoom(segmentRoom(GROUP, 0))).toEqual({ type: 'segment', conversation: GROUP, segment: 0 });
		expect(parseRoom(segmentRoom(DIRECT, 12))).toEqual({
			type: 'segment',
			conversation: DIRECT,
			segment: 12
		});
		expect(parseRoom(infoRoom(GROUP))).toEqual({ type: 'info', conversation: GROUP });
		expect(parseRoom(directoryRoom(ALICE))).toEqual({ type: 'directory', user: ALICE });
		expect(parseRoom(homeRoom(ALICE))).toEqual({ type: 'home', user: ALICE });
	});

	it.each([
		'',
		'c',
		`c/${GROUP}`,
		`c/${GROUP}/`,
		`c/${GROUP}/00`,
		`c/${GROUP}/-1`,
		`c/${GROUP}/1.5`,
		`c/${GROUP}/1\n`,
		`c/${GROUP}/0/0`,
		`/c/${GROUP}/0`,
		`c/${ALICE}/0`,
		`c/d-${'b'.repeat(16)}-${ALICE}/0`,
		`info/${ALICE}`,
		`info/${GROUP}/0`,
		'directory/system',
		'home/system',
		`home/${ALICE.toUpperCase()}`,
		`other/${ALICE}`,
		`../${ALICE}`
	])('are not %j', (name) => expect(parseRoom(name)).toBeUndefined());
});
