/** What is refused in groups, as the client is told. */
import { Problem } from '../http/problem';
import { CONVERSATIONS_OF_USER_MAX, INVITES_MAX, JOIN_REQUESTS_MAX, MEMBERS_MAX } from '../../domain/limits';

export const directConversation = () =>
	new Problem(409, 'direct_conversation', 'A direct conversation stays between two. Start a group instead.');

export const notAllowed = () =>
	new Problem(403, 'not_allowed', 'Your role in this group does not let you do that.');

/** What was to be made again can not have been forgotten, or not lately. */
export const notForgotten = () =>
	new Problem(
		403,
		'not_allowed',
		'No group is made again here: no older copy was put back since it began, or long ago.'
	);

/** Who may admit people brings those back who were removed. */
export const wasRemoved = () =>
	new Problem(
		403,
		'was_removed',
		'This person was removed from the group. Only its owners and admins may bring them back.',
		'userId'
	);

/** Of an add that was asked for before they went. */
export const goneMeanwhile = () =>
	new Problem(409, 'gone_meanwhile', 'This person has left the group or was removed meanwhile.', 'userId');

/** Of what somebody asked for before they were out of the group, in which they are again. */
export const outMeanwhile = () =>
	new Problem(409, 'out_meanwhile', 'You were out of this group since this was asked for.');

export const noSuchMember = () =>
	new Problem(404, 'no_such_member', 'This person is not a member of the group.');

export const lastOwner = () =>
	new Problem(
		409,
		'last_owner',
		'Nobody else who may log in owns the group. Hand it over to somebody first.'
	);

export const unknownUser = (field: string) =>
	new Problem(400, 'unknown_user', 'Nobody here has this user id.', field);

export const tooManyMembers = () =>
	new Problem(400, 'too_many_members', `A conversation has at most ${MEMBERS_MAX} members.`, 'members');

export const tooManyConversations = () =>
	new Problem(
		409,
		'too_many_conversations',
		`You are in ${CONVERSATIONS_OF_USER_MAX} conversations, which is as many as can be. Leave one first.`
	);

/** Of somebody else: how many they are in is their affair. */
export const theirsTooMany = (field: string) =>
	new Problem(409, 'theirs_too_many', 'Somebody there takes part in no further group now.', field);

/** Someone else changed it since this person saw it. */
export const changedMeanwhile = (field: string) =>
	new Problem(409, 'changed_meanwhile', 'Somebody else has changed this meanwhile.', field);

/** One answer for what never was, what is over and what was revoked: it tells nothing to who guesses. */
export const noSuchInvite = () =>
	new Problem(
		404,
		'no_such_invite',
		'This invitation does not exist, or no longer holds. Ask for a new one.'
	);

export const tooManyInvites = () =>
	new Problem(409, 'too_many_invites', `A group has at most ${INVITES_MAX} invitations. Revoke one first.`);

export const noSuchRequest = () =>
	new Problem(404, 'no_such_request', 'This person does not ask to join any more.');

/** `leftMs`: until they may ask again. */
export const declinedLately = (leftMs: number) =>
	new Problem(
		429,
		'declined_lately',
		'You asked this group before and were not let in. Wait some days before you ask again.',
		undefined,
		{ retryAfterS: Math.ceil(leftMs / 1_000) }
	);

export const tooManyRequests = () =>
	new Problem(
		409,
		'too_many_requests_to_join',
		`${JOIN_REQUESTS_MAX} people wait to be let in already. Try again later.`
	);
