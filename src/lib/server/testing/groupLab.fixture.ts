/** A group with one of each role, over the real routes. */
import { ApiLab } from './apiLab.fixture';
import type { ApiClient } from './apiClient.fixture';
import { decodeSystemBody, type SystemBody } from '../../domain/bodies';

export class GroupLab extends ApiLab {
	/** Owner, admin, member, and one who is not in it. */
	owner!: ApiClient;
	admin!: ApiClient;
	member!: ApiClient;
	stranger!: ApiClient;
	/** The group's id. */
	group = '';

	override async start(...given: Parameters<ApiLab['start']>): Promise<this> {
		await super.start(...given);
		if (this.group !== '') return this;
		this.owner = await this.person('olga');
		this.admin = await this.person('adam');
		this.member = await this.person('mia');
		this.stranger = await this.person('sven');
		const members = [this.admin.id, this.member.id];
		const { body } = await this.owner.post('/api/conversations', { kind: 'group', members, name: 'Boats' });
		this.group = body.conversation.id;
		await this.setRole(this.owner, this.admin, 'admin');
		return this;
	}

	get path(): string {
		return `/api/conversations/${this.group}`;
	}

	change = (by: ApiClient, fields: object) => by.patch(this.path, fields);
	add = (by: ApiClient, who: ApiClient) => by.post(`${this.path}/members`, { userId: who.id });
	remove = (by: ApiClient, who: ApiClient) => by.send('DELETE', `${this.path}/members/${who.id}`);
	setRole = (by: ApiClient, who: ApiClient, role: string, stepDown?: boolean) =>
		by.patch(`${this.path}/members/${who.id}`, { role, stepDown });
	say = (by: ApiClient, text: string) => by.post('/api/messages/send', { conversationId: this.group, text });

	/** The roles by username, as the info document says them. */
	roles(): Record<string, string> {
		const facts = this.facts();
		const named = [this.owner, this.admin, this.member, this.stranger].flatMap(({ id }) => {
			const role = (facts[`member/${id}`] as { role?: string } | null | undefined)?.role;
			const person = facts[`person/${id}`] as { username: string } | undefined;
			return role && person ? [[person.username, role] as const] : [];
		});
		return Object.fromEntries(named);
	}

	facts = () => this.relay.facts(`info/${this.group}`);
	directory = (of: ApiClient) => this.relay.facts(`directory/${of.id}`);

	/** What the timeline's lines say, of one segment. */
	async events(segment = 0): Promise<(SystemBody | undefined)[]> {
		const entries = await this.relay.entries(`c/${this.group}/${segment}`);
		return entries.flatMap(({ author, body }) =>
			author === 'system' && body ? [decodeSystemBody(body)] : []
		);
	}
}
