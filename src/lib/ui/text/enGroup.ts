/** What is said about groups: who may do what with whom, links into them, and what stands in their timeline. */
import { count } from './enCount';

export const group = {
	rename: 'Rename',
	name: 'Group name',
	add: 'Add people',
	addGo: 'Add',
	settings: 'Settings',
	fromJoining: 'New members read only what is written after they join',
	mustAsk: 'People ask before they join by a link',
	actsOf: (name: string) => `Do with ${name}`,
	makeAdmin: 'Make admin',
	makeMember: 'Make plain member',
	handOver: 'Hand over the group…',
	handOverTitle: (name: string) => `Hand the group over to ${name}?`,
	handOverSaid: 'They own the group then, and you become an admin. Only they can give it back.',
	handOverGo: 'Hand over',
	remove: 'Remove…',
	removeTitle: (name: string) => `Remove ${name}?`,
	removeSaid:
		'Nothing new reaches them from then on. What they have already stays on their devices, and what they wrote stays here.',
	removeGo: 'Remove',
	leave: 'Leave group…',
	leaveTitle: 'Leave this group?',
	leaveSaid: 'Nothing new reaches you from then on. To come back, somebody has to let you in.',
	leaveGo: 'Leave',
	lastOwner: 'You are the only owner. Hand the group over to somebody before you leave.',
	asking: 'Ask to join',
	admit: (name: string) => `Let ${name} in`,
	admitShort: 'Let in',
	refuse: (name: string) => `Refuse ${name}`,
	refuseShort: 'Refuse',
	makeLink: 'Copy an invite link',
	linkCopied: 'Link copied. It holds for 7 days.',
	linkFailed: 'The link could not be made. It needs a connection; try again.',
	failed: 'This device could not keep that. Try again.'
} as const;

export const invite = {
	title: 'Invitation',
	unnamed: 'a group',
	to: (name: string) => `You are invited to ${name}`,
	members: (n: number) => count(n, 'person is in it', 'people are in it'),
	join: 'Join',
	ask: 'Ask to join',
	asked: 'You have asked to join. Somebody in the group has to say yes.',
	open: 'Open the group',
	logIn: 'Log in to join',
	register: 'Create an account to join',
	gone: 'This invitation does not exist, or no longer holds. Ask for a new one.',
	noConnection: 'The server cannot be reached. An invitation needs a connection.'
} as const;
