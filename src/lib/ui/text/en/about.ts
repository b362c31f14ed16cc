/** What is said about Skein itself, and to find one's way in the settings. */
import { say } from './sentences';

export const about = {
	title: 'About Skein',
	version: 'Version',
	built: (version: string, when: string) => say`${version}, built ${when}`,
	licence: 'Licence',
	licenceSaid: 'MIT: free to use, to change and to pass on',
	language: 'Language',
	server: 'Server',
	api: 'For programs',
	apiSaid: 'What its API can do'
} as const;
