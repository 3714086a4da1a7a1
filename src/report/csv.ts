// Rows as CSV (RFC 4180). Knows nothing of figures.

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** Rows under a head of all their keys, in the order met. Numbers keep every digit; null is empty. */
export function csvText(rows: readonly Row[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (keys.length === 0) return '';
  const lines = [keys, ...rows.map((row) => keys.map((key) => row[key] ?? null))];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\n`).join('');
}

function cellText(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
