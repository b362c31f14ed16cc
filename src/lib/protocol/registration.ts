/** Who may make an account: anybody, or who holds an invite link into a group. */
export const REGISTRATION_MODES = ['open', 'invitation'] as const;

export type RegistrationMode = (typeof REGISTRATION_MODES)[number];
