// Numbers, sizes, times and tables as people read them in a terminal. Knows nothing of where they are printed.

/** A count in three figures with a decimal suffix: 1234567 -> 1.23M. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return String(count);
  const size = Math.abs(count);
  if (size < 1000) return Number.isInteger(count) ? String(count) : threeFigures(count);
  return scaled(count, ['', 'k', 'M', 'G', 'T', 'P', 'E']);
}

/** Bytes in three figures and decimal units: 1500000 -> 1.50 MB. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return String(bytes);
  if (Math.abs(bytes) < 1000) return `${Math.round(bytes)} B`;
  return scaled(bytes, [' B', ' kB', ' MB', ' GB', ' TB', ' PB', ' EB']);
}

/** A duration in the two units that matter: 850 ms, 12.3 s, 4 min 05 s, 2 h 03 min, 3 d 04 h. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return String(durationMs);
  if (durationMs < 0) return `-${formatDuration(-durationMs)}`;
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.round(minutes / 60);
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

/**
 * Rows as aligned columns; the first row is the header and gets a rule below it.
 * Columns whose other cells all start with a figure are set to the right.
 */
export function table(rows: readonly (readonly string[])[]): string {
  const [header, ...body] = rows;
  if (!header) return '';
  const columns = header.map((_, column) => rows.map((row) => plainLine(row[column] ?? '')));
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const toTheRight = columns.map(
    (cells) =>
      body.length > 0 && cells.slice(1).every((cell) => cell === '' || /^[-+±<>≈]?\s*(\d|[-–]$)/.test(cell)),
  );
  const line = (row: number): string =>
    columns
      .map((cells, column) => {
        const cell = cells[row] ?? '';
        const width = widths[column] ?? 0;
        return toTheRight[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(0), rule, ...body.map((_, row) => line(row + 1))].join('\n');
}

/** `text` on one line without anything that steers a terminal: escapes, control characters, bidirectional marks. */
export function plainLine(text: string): string {
  return text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(terminalSequence, '')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/* eslint-disable no-control-regex -- control characters are what it is for */
// ESC [ ... letter (colours, cursor) and ESC ] ... BEL (titles, links), in their 7-bit and 8-bit forms.
const terminalSequence =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;

function scaled(value: number, suffixes: readonly string[]): string {
  let power = 0;
  let rest = value;
  // 999.5 would be written as 1000 in three figures
  while (Math.abs(rest) >= 999.5 && power < suffixes.length - 1) {
    rest /= 1000;
    power += 1;
  }
  return threeFigures(rest) + (suffixes[power] ?? '');
}

function threeFigures(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 9.995) return value.toFixed(1);
  return size >= 0.01 || value === 0 ? value.toFixed(2) : value.toExponential(2);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
