import { languageAsked, type Language } from '../../protocol/languages';

/** Who asks for something that a mail follows from: where they reach Skein, and what they read. */
export interface Asker {
	readonly origin: string;
	readonly language: Language;
}

export const askerOf = ({ url, request }: { readonly url: URL; readonly request: Request }): Asker => ({
	origin: url.origin,
	language: languageAsked(request.headers.get('accept-language'))
});
