/** What the audit log tells of. */
export const AUDIT_ACTIONS = [
	'suspended',
	'readmitted',
	'sessions-ended',
	'reset-link-made',
	'report-settled',
	'registration-opened',
	'registration-by-invitation',
	'limit-set',
	'administration-handed-over',
	'administrator-made',
	'administrator-unmade'
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
