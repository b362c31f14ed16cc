import type { AuthenticatedCaller } from '$lib/server/auth/sessions';
import type { SkeinServer } from '$lib/server/skeinServer';
import type { OwnUser } from '$lib/protocol/rest';

declare global {
	namespace App {
		interface PageState {
			/** The message of the address is to be edited. */
			edit?: boolean;
		}
		interface Locals {
			skein: SkeinServer;
			/** Who asks, on paths under `/api`. */
			caller?: AuthenticatedCaller;
			user?: OwnUser;
			/** Where the request came from, if that is known. */
			address?: string;
			/** The session belongs to another account than the one that the client acts for. */
			isOtherUser?: boolean;
			/** The account that the client acts for was deleted. */
			isDeleted?: boolean;
		}
	}
}

export {};
