const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** An amount of bytes as people read it: "3.1 MB". By thousands, as systems and browsers count them. */
export function bytes(n: number, locale: string): string {
	const power = n < 1_000 ? 0 : Math.min(Math.floor(Math.log10(n) / 3), UNITS.length - 1);
	const unit = UNITS[power] ?? 'byte';
	const amount = n / 1_000 ** power;
	const maximumFractionDigits = amount < 10 && power > 0 ? 1 : 0;
	return new Intl.NumberFormat(locale, {
		style: 'unit',
		unit,
		unitDisplay: 'short',
		maximumFractionDigits
	}).format(amount);
}
