/** What each menu is given by its button. */
export interface MenuProps {
	open: boolean;
	/** The button, where it hangs. */
	readonly anchor: HTMLElement;
	/** The button's name. */
	readonly label: string;
}
