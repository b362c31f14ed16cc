/** What is said about groups: who may do what with whom, links into them, and what stands in their timeline. */
import { counted, people, say } from './sentences';

const used = counted({ one: 'used {$n} time', other: 'used {$n} times' });

export const group = {
	rename: 'Rename',
	name: 'Group name',
	heading: 'Group',
	describe: 'Add a description',
	describeAnew: 'Change the description',
	description: 'Description',
	changePicture: 'Choose another picture',
	removePicture: 'Remove the picture',
	add: 'Add people',
	addGo: 'Add',
	settings: 'Settings',
	fromJoining: 'New members read only what is written after they join',
	mustAsk: 'People ask before they join by a link',
	actsOf: (name: string) => say`Actions for ${name}`,
	makeAdmin: 'Make admin',
	makeMember: 'Make member',
	handOver: 'Hand over the group…',
	handOverTitle: (name: string) => say`Hand the group over to ${name}?`,
	handOverSaid: 'They own the group then, and you become an admin. Only they can give it back.',
	handOverGo: 'Hand over',
	remove: 'Remove…',
	removeTitle: (name: string) => say`Remove ${name}?`,
	removeSaid:
		'Nothing new reaches them from then on. What they have already stays on their devices, and what they wrote stays here.',
	removeGo: 'Remove',
	leave: 'Leave group…',
	leaveTitle: 'Leave this group?',
	leaveSaid: 'Nothing new reaches you from then on. To come back, somebody has to let you in.',
	leaveGo: 'Leave',
	leaveUnsent: counted({
		one: '{$n} message that you wrote here has not been sent yet. It goes first, and you leave once that is done.',
		other:
			'{$n} messages that you wrote here have not been sent yet. They go first, and you leave once that is done.'
	}),
	discard: 'Discard group…',
	discardTitle: 'Discard this group?',
	discardSaid: 'Nobody else has heard of it yet. What you wrote in it stays on this device for you to copy.',
	discardGo: 'Discard',
	discardTried:
		'The server was asked to create it, and no answer has come: others may have heard of it already. You can leave it once the server answers.',
	discardLate: 'The group has been created meanwhile. You can leave it.',
	lastOwner: 'You are the only owner. Hand the group over to somebody before you leave.',
	barred: 'Owners and admins alone bring back who was removed.',
	asking: 'Ask to join',
	findMember: 'Find somebody in it',
	showMore: 'Show more',
	membersShown: (shown: number, all: number) => (shown < all ? say`${shown} of ${people(all)}` : people(all)),
	admit: (name: string) => say`Let ${name} in`,
	admitShort: 'Let in',
	refuse: (name: string) => say`Refuse ${name}`,
	refuseShort: 'Refuse',
	linksTitle: 'Invite by link',
	linksSaid: 'Anyone with a link can join, with a new account too.',
	holds: 'Expires after',
	holdsFor: { 1: 'an hour', 24: 'a day', 168: 'a week', 720: '30 days' },
	mayUse: 'It can be used',
	mayUseTimes: { 1: 'once', 10: '10 times', 100: '100 times', 0: 'as often as people like' },
	makeLink: 'Make and copy the link',
	linkCopied: 'Link copied.',
	linksUnknown: 'Links can only be shown with a connection.',
	linksNone: 'No active links.',
	linksHold: 'Active links',
	linksUsedUp: 'Links that are used up',
	linkUntil: (when: string) => say`until ${when}`,
	linkUsed: (uses: number, most: number | undefined) =>
		most === undefined ? used(uses) : say`used ${uses} of ${most}`,
	revoke: 'Revoke',
	revoked: 'Nobody can use that link any more.'
} as const;

export const invite = {
	title: 'Invitation',
	looking: 'Asking what this link leads to …',
	toStart: 'What Skein is',
	to: (name: string) => say`You are invited to ${name}`,
	members: counted({ one: '{$n} person is in it', other: '{$n} people are in it' }),
	join: 'Join',
	ask: 'Ask to join',
	askAgain: (when: string) =>
		say`You asked this group before and were not let in. You can ask again from ${when}.`,
	open: 'Open the group',
	logIn: 'Log in to join',
	register: 'Create an account to join',
	gone: 'This invitation does not exist or has expired. Ask for a new one.',
	noConnection: 'The server cannot be reached. An invitation needs a connection.'
} as const;
