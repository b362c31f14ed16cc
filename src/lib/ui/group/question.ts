/** What is asked before something that cannot be taken back easily. */
export interface Question {
	readonly title: string;
	readonly said: string;
	readonly go: string;
	/** Absent if there is nothing to do but to read. */
	readonly do?: () => void;
}
