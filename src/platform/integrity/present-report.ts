import type { CheckResult } from './run-checks.js';

/** One line a check, with the rows that are wrong below it. */
export function integrityText(results: CheckResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const broken = results.filter(({ count }) => count > 0);
  const lines = results.flatMap(({ name, says, count, rows }) => [
    `${count === 0 ? 'ok   ' : 'WRONG'}  ${name.padEnd(width)}  ${says}`,
    ...rows.map(
      ({ associationId, id, detail }) =>
        `         ${detail}${id ? `  [${id}]` : ''}${associationId ? `  association ${associationId}` : ''}`,
    ),
    ...(count > rows.length ? [`         … and ${count - rows.length} more`] : []),
  ]);
  const verdict =
    broken.length === 0
      ? `clean: ${results.length} checks hold`
      : `${broken.length} of ${results.length} checks found something wrong: ${broken.map(({ name }) => name).join(', ')}`;
  return [...lines, '', verdict].join('\n');
}

/** One line: `{ "integrity": "clean" | "broken", "checks": 17, "broken": [{ name, says, count, rows }] }` */
export function integrityJson(results: CheckResult[]): string {
  const broken = results.filter(({ count }) => count > 0);
  return JSON.stringify({
    integrity: broken.length === 0 ? 'clean' : 'broken',
    checks: results.length,
    broken,
  });
}
