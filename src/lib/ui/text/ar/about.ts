import type { Text } from '..';
import { say } from './sentences';

export const about: Text['about'] = {
	title: 'عن Skein',
	version: 'الإصدار',
	built: (version, when) => say`${version}، بُني ${when}`,
	licence: 'الترخيص',
	licenceSaid: 'MIT: حرية الاستخدام والتعديل والنشر',
	language: 'اللغة',
	server: 'الخادم',
	api: 'للبرامج',
	apiSaid: 'ما تتيحه واجهته البرمجية'
};
