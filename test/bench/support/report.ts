import type { Figures } from './measure.js';

export interface BenchReport {
  /** What a person compares: a line each. */
  table: Record<string, Figures | Record<string, number | string>>;
  /** What a program reads, the last line of the output. */
  line: {
    bench: string;
    unit: string;
    rate: number;
    floor: number | null;
    ratio: number | null;
    p50Ms: number | null;
    p99Ms: number | null;
    rssMb: number;
    [more: string]: unknown;
  };
}

export function print({ table, line }: BenchReport): void {
  const rows = Object.entries(table);
  const names = [...new Set(rows.flatMap(([, cells]) => Object.keys(cells)))];
  const lines = [
    ['', ...names],
    ...rows.map(([name, cells]) => [
      name,
      ...names.map((cell) => String((cells as Record<string, unknown>)[cell] ?? '')),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  for (const cells of lines) {
    console.log(
      cells
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    );
  }
  console.log(JSON.stringify(line));
}
