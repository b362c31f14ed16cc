/**
 * What this page knows of the rows of its small database: what it has read, and what it has written. A browser may delete
 * the database under an open page; then this is what is left of it.
 */
import { LOCAL_TABLES, type LocalTable } from './ports';

interface Known {
	readonly value: unknown;
	/** Written by this page. */
	readonly own: boolean;
}

export interface Row {
	readonly table: LocalTable;
	readonly key: string;
	readonly value: unknown;
}

export function createKnownRows() {
	const tables = new Map<LocalTable, Map<string, Known>>(LOCAL_TABLES.map((table) => [table, new Map()]));
	const rowsOf = (table: LocalTable) => tables.get(table)!;

	return {
		get: (table: LocalTable, key: string): unknown => rowsOf(table).get(key)?.value,
		all: <T>(table: LocalTable): [string, T][] =>
			[...rowsOf(table)].map(([key, { value }]) => [key, value as T]),
		keys: (table: LocalTable): string[] => [...rowsOf(table).keys()],
		read(table: LocalTable, key: string, value: unknown): void {
			const own = rowsOf(table).get(key)?.own ?? false;
			rowsOf(table).set(key, { value, own });
		},
		written: (table: LocalTable, key: string, value: unknown): void =>
			void rowsOf(table).set(key, { value, own: true }),
		deleted: (table: LocalTable, key: string): void => void rowsOf(table).delete(key),
		/** Every row; `own`: those that this page has written. */
		rows: ({ own }: { readonly own: boolean }): Row[] =>
			[...tables].flatMap(([table, rows]) =>
				[...rows].flatMap(([key, row]) => (row.own || !own ? [{ table, key, value: row.value }] : []))
			)
	};
}
