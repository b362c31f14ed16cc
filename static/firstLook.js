// Before anything is painted: the language and the colours that were chosen on this device (src/lib/ui/preferences keeps
// them there), so that a page does not begin in others. The app loads the words of the language that stands here. A file
// and not a line in the page, since the Content Security Policy allows files. And an address that cannot be read becomes
// one that can and leads nowhere: the router would end with nothing on the screen.
(() => {
	// src/lib/protocol/languages.ts has the same.
	const directions = { en: 'ltr', de: 'ltr', ar: 'rtl' };
	const root = document.documentElement;
	const { language, theme, contrast } = kept();

	const spoken = (tag) => Object.hasOwn(directions, tag);
	const asked = [language, ...navigator.languages.map((tag) => tag.split('-')[0])];
	root.lang = asked.find(spoken) ?? 'en';
	root.dir = directions[root.lang];

	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
	if (contrast === 'more') root.dataset.contrast = contrast;

	const { origin, pathname, search, hash } = location;
	const path = isReadable(pathname) ? pathname : pathname.replaceAll('%', '%25');
	const part = isReadable(hash) ? hash : '';
	// With the origin: a path may begin with two slashes, which alone would be another site.
	if (path !== pathname || part !== hash)
		history.replaceState(history.state, '', origin + path + search + part);

	function isReadable(text) {
		try {
			decodeURIComponent(text);
			return true;
		} catch {
			return false;
		}
	}

	function kept() {
		try {
			return JSON.parse(localStorage.getItem('skein.preferences') ?? '{}') ?? {};
		} catch {
			// Nothing may be kept here, or it is not ours: as the system has it.
			return {};
		}
	}
})();
