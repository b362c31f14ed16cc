/**
 * The ids that examples of the API speak of. Each stands for one kind of thing: whoever runs the examples puts the ids
 * of their own server in their places.
 */
export const SAMPLE = {
	/** The other person of the examples. */
	userId: 'k3v9x0q2m4n6b8z1',
	/** Somebody who asks to come into the group. */
	askingId: 'p5t1y7u3r9e0w2q8',
	/** A group that whoever asks owns. */
	conversationId: '0191d5a4-7c00-7a3b-8c5d-6e7f80910a2b',
	/** A message of one's own in it. */
	entryId: '0.2934857.12',
	username: 'wanda',
	password: 'warp and weft of it',
	inviteId: 'q7w8e9r0t1y2u3i4',
	inviteToken: 'u6Zq0mWc9sLr2yXbT4vKd8fHj1nPg5aE3oIiRtYwQkM',
	resetToken: 'b7Yx2Kd0pQ5rTfVn8wZsJc4mHa9gLe1uXoEi3RtWyUk',
	webhookId: '1f2e3d4c5b6a79880917',
	webhookToken: 'p3Vq8nZt1rXy5wLb7kMc2sDf6gHj9aE0oIiUuQwRtTy',
	tokenId: '9f8e7d6c5b4a39281706',
	reportId: '70418',
	sessionId: '0a1b2c3d4e5f60718293',
	pictureName: 'mN0pQ1rS2tU3vW4xY5zA6bC7dE8fG9hI0jK1lM2nO3p'
} as const;
