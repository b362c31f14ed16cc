import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RateTable } from './rateTable';

it('what is counted over and over stays small on the disk', () => {
	const folder = mkdtempSync(join(tmpdir(), 'skein-rates-'));
	const table = new RateTable(folder, () => 1_000);
	try {
		for (let i = 0; i < 5_000; i++) {
			table.add('login:somebody', 1, 60_000);
			table.set('known:somebody', 1, 60_000);
		}
		expect(statSync(join(folder, 'limits.db-wal')).size).toBeLessThan(6_000_000);
		expect(table.get('login:somebody')?.points).toBe(5_000);
	} finally {
		table.close();
		rmSync(folder, { recursive: true });
	}
});
