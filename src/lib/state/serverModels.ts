import { createEmitter } from '../sync/emitter';
import { lazyCalls } from '../sync/lazyCalls';
import type { AccountModel } from './accountModel';
import type { AdministrationModel } from './administrationModel';
import type { Device } from '../sync/device';
import type { ProgramsModel } from './programsModel';

/** What the server alone knows and few people ever ask for, on screens of its own: its code comes with the first call. */
export function createServerModels(device: Device) {
	const done = createEmitter();
	const ending = { deleting: false };
	return {
		account: lazyCalls<AccountModel>(
			async () => (await import('./accountModel')).createAccountModel(device, ending),
			ending
		),
		administration: lazyCalls<AdministrationModel>(
			async () => (await import('./administrationModel')).createAdministrationModel(device, done),
			{ onDone: done.on }
		),
		programs: lazyCalls<ProgramsModel>(async () =>
			(await import('./programsModel')).createProgramsModel(device)
		)
	};
}
