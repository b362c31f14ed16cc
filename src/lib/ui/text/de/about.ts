import type { Text } from '..';
import { say } from './sentences';

export const about: Text['about'] = {
	title: 'Über Skein',
	version: 'Version',
	built: (version, when) => say`${version}, gebaut ${when}`,
	licence: 'Lizenz',
	licenceSaid: 'MIT: darf frei benutzt, geändert und weitergegeben werden',
	language: 'Sprache',
	server: 'Server',
	api: 'Für Programme',
	apiSaid: 'Was seine API kann'
};
