/** What is said to people who are not logged in: what Skein is. */
export const landing = {
	title: 'A chat that needs no network',
	/** Three short lines, one below the other: written, sent, read. */
	lines: ['Write now.', 'It travels', 'when it can.'],
	lead: 'Skein is a chat that lives on your device. It opens, reads and writes with no network, and your devices and people catch up whenever there is one.',
	facts: [
		{
			title: 'Nothing waits for the network',
			said: 'What you read and write is on this device. Being offline is one word in a corner, not an error page.'
		},
		{
			title: '“Sent” means on disk',
			said: 'A stitch fills when the server has written your words down, not when they have left.'
		},
		{
			title: 'Late is shown, not hidden',
			said: 'Messages that arrive into earlier history are marked, counted and one step away.'
		}
	],
	installed: 'Once opened, it starts without a network too. Add it to your home screen and it is an app.',
	free: 'Free software. Your words stay yours.'
} as const;
