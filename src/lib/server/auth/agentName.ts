import Bowser from 'bowser';

/** Characters of a client's word for itself that are kept. */
export const AGENT_MAX = 256;

/** What a client calls itself, in words for people: a browser and the system it runs on, as far as they can be told. */
export function agentName(agent: string): { readonly browser?: string; readonly system?: string } {
	// It throws for an empty one.
	const parser = Bowser.getParser(agent || '-');
	const browser = parser.getBrowserName() || programName(agent);
	const system = parser.getOSName();
	return { ...(browser ? { browser } : {}), ...(system ? { system } : {}) };
}

/** The first word of what is no browser, such as `curl`. */
const programName = (agent: string): string => /^[\w.-]{1,32}/.exec(agent)?.[0] ?? '';
