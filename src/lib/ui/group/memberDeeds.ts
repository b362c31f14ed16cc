import type { Role } from '../../domain/info';
import type { Person } from '../../domain/people';

/** A member, and what is done when something is chosen for them. */
export interface MemberDeeds {
	readonly member: Person & { readonly role: Role };
	/** The role of who is asked. */
	readonly own: Role;
	readonly onRole: (role: Role) => void;
	readonly onOwner: () => void;
	readonly onHandOver: () => void;
	readonly onRemove: () => void;
}
