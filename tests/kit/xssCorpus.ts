/**
 * Text that would run, or become markup, if any place took it for more than text. Whatever would run says so in
 * `globalThis.xssRan`; whatever would become an element has the attribute `data-xss`.
 */
import type { Page } from '@playwright/test';

const RUN = 'globalThis.xssRan=1';

export const XSS_CORPUS: readonly string[] = [
	`<script data-xss>${RUN}</script>`,
	`</title><script data-xss>${RUN}</script>`,
	`"><img data-xss src=x onerror="${RUN}">`,
	`'><svg data-xss onload='${RUN}'>`,
	`<svg data-xss><animate onbegin=${RUN} attributeName=x dur=1s>`,
	`<math data-xss href="javascript:${RUN}">x</math>`,
	`<iframe data-xss srcdoc="<script>parent.${RUN}</script>">`,
	`<details data-xss open ontoggle=${RUN}>x</details>`,
	`<a data-xss href="javascript:${RUN}">look</a>`,
	`javascript:${RUN}//`,
	`[look](javascript:${RUN})`,
	`![x](x"onerror="${RUN})`,
	`data:text/html,<script data-xss>${RUN}</script>`,
	`{@html "<img data-xss src=x onerror=${RUN}>"}`,
	`{{constructor.constructor('${RUN}')()}}`,
	`\${${RUN}}`,
	`--><img data-xss src=x onerror=${RUN}><!--`,
	`<style data-xss>*{background:url("javascript:${RUN}")}</style>`,
	`<base data-xss href="//evil.example/">`,
	`<meta data-xss http-equiv=refresh content="0;url=javascript:${RUN}">`,
	`\u202e<img data-xss src=x onerror=${RUN}>\u202c`,
	`<img data-xss src=x onerror=&#103;lobalThis.xssRan&#61;1>`,
	`<noscript><p title="</noscript><img data-xss src=x onerror=${RUN}>">`
];

/** What of the corpus became more than text on this page: nothing, if all is well. */
export const xssFound = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const elements = [...document.querySelectorAll('[data-xss]')].map((element) => element.outerHTML);
		return 'xssRan' in globalThis ? ['a script ran', ...elements] : elements;
	});
