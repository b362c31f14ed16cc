/**
 * Where people begin who are not logged in: at the front with what Skein is, anywhere else with the login, and after it
 * where they wanted to go.
 */
export function wayIn({ pathname, search }: Pick<URL, 'pathname' | 'search'>): string {
	if (pathname === '/') return '/welcome';
	return `/login?next=${encodeURIComponent(pathname + search)}`;
}
