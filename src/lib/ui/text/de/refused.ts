import type { Text } from '..';

export const refused: Text['refused'] = {
	by_invitation:
		'Dieser Server nimmt neue Leute nur auf Einladung auf. Öffne den Link, den du bekommen hast.',
	server_full: 'Dieser Server hat so viele Konten, wie er aufnimmt. Frag die Person, die ihn betreibt.',
	suspended: 'Dieses Konto wurde von der Verwaltung gesperrt.',
	account_deleted: 'Dieses Konto wurde gelöscht.',
	own_account: 'Das geht nicht mit dem eigenen Konto.',
	last_administrator: 'Du verwaltest diesen Server. Nenne jemanden, der es nach dir tut.',
	unknown_user: 'Diese Person hat hier kein Konto mehr, oder darf sich nicht anmelden.',
	named_administrator: 'Wer diesen Server betreibt, hat dieses Konto für die Verwaltung bestimmt.',
	sole_administrator: 'Niemand sonst verwaltet diesen Server. Erteile zuerst jemand anderem die Verwaltung.',
	suspended_account: 'Dieses Konto ist gesperrt. Entsperre es zuerst.',
	not_administrator: 'Das darf nur die Verwaltung dieses Servers.',
	not_encrypted: 'Diese Adresse ist nicht verschlüsselt. Sie muss mit https beginnen.',
	no_such_user: 'Diese Person gibt es nicht mehr.',
	no_such_report: 'Diese Meldung gibt es nicht mehr.',
	no_such_session: 'Dieses Gerät ist schon abgemeldet.',
	no_such_token: 'Dieses Token gilt nicht mehr.',
	no_such_webhook: 'Dieser Webhook wurde schon entfernt.',
	no_such_conversation: 'Du bist nicht mehr in dieser Unterhaltung.',
	not_allowed: 'Das darfst du hier nicht.',
	too_many_invites: 'Diese Gruppe hat so viele Links, wie zugleich gelten können. Widerrufe zuerst einen.',
	too_many_tokens: 'Du hast so viele Tokens, wie zugleich gelten können. Widerrufe zuerst eins.',
	too_many_webhooks: 'Es gibt so viele Webhooks, wie es geben kann. Entferne zuerst einen.'
};
