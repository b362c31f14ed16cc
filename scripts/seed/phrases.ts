/** What people say there. `{…}` stands for one of the words below. */
import type { ThemeName } from './cast';

export const WORDS: Readonly<Record<string, readonly string[]>> = {
	n: ['2', '3', '4', '5', '6', '7', '8', '9'],
	time: [
		'at six',
		'at half past seven',
		'before nine',
		'around noon',
		'after two',
		'by the evening',
		'at first light'
	],
	day: ['tomorrow', 'on Monday', 'on Wednesday', 'on Friday', 'at the weekend', 'next week'],
	place: [
		'the north end',
		'the harbour wall',
		'the point',
		'the lee of the island',
		'the old slip',
		'buoy 7'
	],
	sea: ['flat', 'lumpy', 'grey and calm', 'a metre of swell', 'choppy', 'glassy'],
	gear: [
		'the spare logger',
		'the drop camera',
		'the light meter',
		'the blue crate',
		'the long line',
		'the hand reel'
	],
	kelp: ['kelp', 'sugar kelp', 'wrack', 'bare rock', 'maerl', 'eelgrass'],
	room: ['the boiler', 'the back door', 'the kitchen tap', 'the cellar light', 'the gutter'],
	food: ['the sourdough', 'two kilos of flour', 'leeks', 'the last tomatoes', 'onion sets', 'beans'],
	piece: ['the Bruckner', 'the second Tallis', 'the Irish one', 'the encore', 'bars 40 to 62'],
	task: ['the depth layer', 'the legend', 'the export', 'the review', 'the Arabic labels', 'the login page'],
	child: ['Nuno', 'the twins', 'Ada', 'both of them', 'Kofi']
};

export const THEMES: Readonly<Record<ThemeName, readonly string[]>> = {
	sea: [
		'Transect {n} is done: {kelp} down to {n} metres, then sand.',
		'Sea is {sea} off {place}.',
		'Leaving {time}. Who has {gear}?',
		'Visibility {n} m, better than yesterday.',
		'The forecast has turned: nothing above force {n} until {day}.',
		'I have left {gear} in the wheelhouse, left-hand locker.',
		'We lost the signal past {place}. All of it is on the device, it will follow.',
		'Can somebody look at transect {n} again? The numbers jump in the middle.',
		'Seals on {place}, {n} of them. We keep our distance.',
		'Fuel for two days. Emil has looked at the pump, it holds.',
		'Low water is {time}, so the shallow end first.',
		'Photos of quadrat {n} are in. The {kelp} has moved about 40 m seaward.',
		'Nobody dives alone {day}, please.',
		'The line from {place} is in. {n} loggers up, none missing.',
		'The swell comes round the point {time}. Back by then.',
		'Tide tables of {day}, in case you have no coverage out there.'
	],
	work: [
		'{task} is ready for a look.',
		'I get a different mean for transect {n}. Rounding?',
		'{task} has to be in {day}.',
		'Battery of logger {n} is at 11 percent, I swap it {day}.',
		'Which datum did we use last year?',
		'Merged. {task} is next.',
		'The map opens in under a second with no network now. On my old phone too.',
		'Could you check the names on {task}? I do not trust my spelling.',
		'Backup of the season is on two disks, one of them not in this house.',
		'Calibrated {gear}: off by 0.{n} degrees, corrected.',
		'I have put the open questions at the top of the page.'
	],
	home: [
		'{room} drips again.',
		'Who is in {day} {time}? The plumber wants to come.',
		'I am bringing {food}.',
		'Rota: I take the bins {day}.',
		'{room} is mended, do not touch it for a day.',
		'The electricity bill is {n}0 less than in spring.',
		'There is soup on the stove.',
		'Somebody left {food} on the stairs. Thank you, somebody.',
		'Watered. {food} will need it again {day}.'
	],
	choir: [
		'{piece} from memory {day}, please.',
		'Can the altos stay {n} minutes longer?',
		'I am late {day}, start with {piece}.',
		'Recording of {piece} is with Gráinne.',
		'We are flat in {piece}, and nobody minds but us.',
		'Chairs: {n} short. I bring mine.',
		'The concert is {day} {time}. Dark clothes, no hats.'
	],
	school: [
		'I can take {child} {day}.',
		'{child} has a cough and stays at home.',
		'Pick-up is {time} {day}, not at three.',
		'Who has the other glove?',
		'Water was {n} degrees. We stayed in for {n} minutes.',
		'Swimming {day}, {place}, {time}.',
		'{child} wants to know whether fish sleep.'
	]
};

/** Said to anything. */
export const ANSWERS: readonly string[] = [
	'On it.',
	'Thank you, that helps.',
	'Good.',
	'I will be there.',
	'Not before {time}, sorry.',
	'Same here.',
	'Can it wait until {day}?',
	'Ha. Yes.',
	'I have just seen this, was under way.',
	'Fine by me.',
	'Then {day} {time}.',
	'Are you sure? I had it the other way round.',
	'Noted.',
	'👍'
];

export const REACTIONS: readonly string[] = ['👍', '❤️', '🌊', '🎉', '😄', '🙏'];
