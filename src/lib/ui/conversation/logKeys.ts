/** Up, down, Home and End move the focus between the messages of a log, from a message that has it. */
export function moveBetweenMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
	const from = event.target;
	if (!(from instanceof HTMLElement) || from.dataset.messageId === undefined) return;
	if (event.altKey || event.ctrlKey || event.metaKey) return;
	const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message-id]')];
	const at = rows.indexOf(from);
	const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
	if (next === undefined) return;
	event.preventDefault();
	rows[next]?.focus();
}
