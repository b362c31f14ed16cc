/** Draws the PNG icons from static/icon.svg: `node scripts/icons.mjs`, once whenever the logo changes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from './findChromium.mjs';
import { root } from './prepare.mjs';

const GROUND = '#faf8f4';
/** A launcher may cut a maskable icon down to its middle 80 %: the logo stays well inside. */
const icons = [
	{ file: 'icon-192.png', size: 192, logo: 0.68, radius: 0.2 },
	{ file: 'icon-512.png', size: 512, logo: 0.68, radius: 0.2 },
	{ file: 'icon-maskable-512.png', size: 512, logo: 0.52, radius: 0 }
];

const found = await findChromium();
if ('problem' in found) throw new Error(found.problem);
const browser = await chromium.launch({
	executablePath: found.path,
	chromiumSandbox: process.getuid?.() !== 0,
	args: ['--disable-gpu']
});
const page = await browser.newPage({ colorScheme: 'light' });
const svg = Buffer.from(readFileSync(join(root, 'static/icon.svg'))).toString('base64');
for (const { file, size, logo, radius } of icons) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(
		`<body style="margin:0"><div style="display:grid;place-items:center;width:${size}px;height:${size}px;` +
			`background:${GROUND};border-radius:${size * radius}px">` +
			`<img width="${size * logo}" src="data:image/svg+xml;base64,${svg}"></div></body>`
	);
	await page.locator('img').evaluate((img) => /** @type {HTMLImageElement} */ (img).decode());
	await page.screenshot({ path: join(root, 'static', file), omitBackground: true });
}
await browser.close();
