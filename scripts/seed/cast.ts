/** Who lives in the demonstration. */
export interface CastMember {
	readonly username: string;
	readonly displayName: string;
	readonly about: string;
}

/** The first is the one whose screens are shown. */
export const CAST: readonly CastMember[] = [
	{ username: 'mira', displayName: 'Mira Sund', about: 'Kelp, slow boats, long winters' },
	{ username: 'amina', displayName: 'Amina Haddad', about: 'Instruments. If it has a battery, ask me' },
	{ username: 'tomas', displayName: 'Tomás Ferreira', about: 'Skipper of the Alcyone' },
	{ username: 'ines', displayName: 'Inês Duarte', about: 'Dives, counts, writes it down' },
	{ username: 'jonas', displayName: 'Jonas Lindqvist', about: 'Maps and data' },
	{ username: 'laila', displayName: 'ليلى منصور', about: 'الطحالب والضوء' },
	{ username: 'yuki', displayName: '森 由紀', about: '写真と潮' },
	{ username: 'piotr', displayName: 'Piotr Zieliński', about: 'Harbour office, mornings' },
	{ username: 'grainne', displayName: 'Gráinne Byrne', about: 'Choir, bread, boats in that order' },
	{ username: 'samuel', displayName: 'Samuel Okafor', about: '' },
	{ username: 'noor', displayName: 'Noor de Vries', about: 'Translator. Answers in the evening' },
	{ username: 'emil', displayName: 'Emil Hansen', about: 'Repairs engines and the odd clock' },
	{ username: 'rosa', displayName: 'Rosa Almeida', about: 'School run at eight and at three' },
	{ username: 'ivan', displayName: 'Іван Коваль', about: 'Далі від берега' }
];

export interface CastGroup {
	readonly name: string;
	readonly description: string;
	/** Whose words are spoken there. */
	readonly theme: ThemeName;
	/** Usernames; the first owns it. */
	readonly members: readonly string[];
	readonly messages: number;
}

export type ThemeName = 'sea' | 'home' | 'choir' | 'work' | 'school';

export const GROUPS: readonly CastGroup[] = [
	{
		name: 'Kelp survey',
		description: 'Transects 1 to 9, weather, boats. Data goes to Jonas by the evening.',
		theme: 'sea',
		members: ['mira', 'amina', 'tomas', 'ines', 'jonas', 'laila', 'yuki'],
		messages: 5_000
	},
	{
		name: 'Alcyone crew',
		description: 'Who sails when',
		theme: 'sea',
		members: ['tomas', 'mira', 'emil', 'ivan'],
		messages: 240
	},
	{
		name: 'Harbour watch',
		description: '',
		theme: 'sea',
		members: ['piotr', 'mira', 'tomas', 'samuel'],
		messages: 120
	},
	{
		name: 'Instruments',
		description: 'Loggers, lamps, spare batteries',
		theme: 'work',
		members: ['amina', 'jonas', 'mira'],
		messages: 160
	},
	{
		name: 'Atlas release',
		description: 'The map of this season',
		theme: 'work',
		members: ['jonas', 'mira', 'noor', 'yuki'],
		messages: 210
	},
	{
		name: 'Choir',
		description: 'Tuesdays at seven, St Brigid’s',
		theme: 'choir',
		members: ['grainne', 'mira', 'rosa', 'samuel', 'noor'],
		messages: 180
	},
	{ name: 'Altos', description: '', theme: 'choir', members: ['grainne', 'mira', 'rosa'], messages: 60 },
	{
		name: 'House on Quay Street',
		description: 'Rota, bills, the boiler',
		theme: 'home',
		members: ['mira', 'emil', 'noor'],
		messages: 220
	},
	{
		name: 'Allotment',
		description: 'Plot 14',
		theme: 'home',
		members: ['rosa', 'mira', 'grainne'],
		messages: 90
	},
	{
		name: 'School run',
		description: '',
		theme: 'school',
		members: ['rosa', 'mira', 'samuel', 'ines'],
		messages: 130
	},
	{
		name: 'Swimming on Sundays',
		description: 'Whatever the weather',
		theme: 'school',
		members: ['ines', 'mira', 'laila', 'yuki'],
		messages: 70
	},
	{ name: 'Bread', description: '', theme: 'home', members: ['grainne', 'emil', 'mira'], messages: 50 }
];

/** Direct conversations: pairs of usernames, how much was said, about what. */
export const PAIRS: readonly (readonly [string, string, number, ThemeName])[] = [
	['mira', 'amina', 180, 'work'],
	['mira', 'tomas', 120, 'sea'],
	['mira', 'ines', 60, 'sea'],
	['mira', 'jonas', 90, 'work'],
	['mira', 'laila', 30, 'sea'],
	['mira', 'yuki', 26, 'work'],
	['mira', 'piotr', 14, 'sea'],
	['mira', 'grainne', 48, 'choir'],
	['mira', 'samuel', 12, 'school'],
	['mira', 'noor', 64, 'home'],
	['mira', 'emil', 40, 'home'],
	['mira', 'rosa', 36, 'school'],
	['mira', 'ivan', 8, 'sea'],
	['amina', 'jonas', 44, 'work'],
	['amina', 'tomas', 22, 'sea'],
	['tomas', 'emil', 30, 'sea'],
	['tomas', 'piotr', 18, 'sea'],
	['ines', 'yuki', 20, 'sea'],
	['ines', 'laila', 12, 'sea'],
	['jonas', 'noor', 26, 'work'],
	['jonas', 'yuki', 10, 'work'],
	['grainne', 'rosa', 34, 'choir'],
	['grainne', 'samuel', 8, 'choir'],
	['noor', 'emil', 16, 'home'],
	['rosa', 'samuel', 24, 'school'],
	['rosa', 'ines', 10, 'school'],
	['piotr', 'samuel', 6, 'sea'],
	['ivan', 'emil', 9, 'sea']
];
