// Before anything is painted: the colours that were chosen on this device (src/lib/ui/preferences keeps them there), so
// that a page does not begin in others. A file and not a line in the page, since the Content Security Policy allows files.
(() => {
	try {
		const { theme, contrast } = JSON.parse(localStorage.getItem('skein.preferences') ?? '{}');
		const { dataset } = document.documentElement;
		if (theme === 'light' || theme === 'dark') dataset.theme = theme;
		if (contrast === 'more') dataset.contrast = contrast;
	} catch {
		// Nothing may be kept here, or it is not ours: as the system has it.
		return;
	}
})();
