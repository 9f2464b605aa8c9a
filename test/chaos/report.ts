import { isClean, type ChaosRun } from './run-chaos.js';

/** The line that a program reads. */
export function lineOf({ chronicle, verdict, evidence, ...run }: ChaosRun) {
  return {
    gifts: chronicle.taken.size,
    paid: evidence.remote.filter(({ status }) => status === 'paid').length,
    kills: run.kills,
    webhooksLost: run.webhooksLost,
    webhooksDoubled: run.webhooksDoubled,
    ...verdict.counts,
    contradictions: chronicle.contradictions.length,
    mailsRepeated: run.mailsRepeated,
    faults: run.faults.length,
    integrity: run.integrity,
    seed: run.options.seed,
    seconds: run.seconds.disturbed + run.seconds.quiet,
  };
}

const SHOWN = 40;

/** What a person reads; the last line is for a program. @returns the exit code */
export function report(run: ChaosRun, say: (text: string) => void): number {
  const { chronicle, evidence, verdict } = run;
  const returned = evidence.remote.flatMap(({ refunds }) => refunds).length;
  table(say, 'What happened', {
    'gifts taken': chronicle.taken.size,
    'donors who gave up': chronicle.gaveUp,
    'requests sent again': chronicle.retries,
    'gifts of plans': evidence.donations.filter(({ planId }) => planId !== null).length,
    'payments at the provider': evidence.remote.length,
    'of them paid': evidence.remote.filter(({ status }) => status === 'paid').length,
    'refunds at the provider': returned,
    receipts: evidence.receipts.length,
    'mails that came': evidence.mails.length,
    ...sorted(chronicle.counts),
  });
  table(say, 'What went wrong on purpose', {
    'processes killed': run.kills,
    'webhooks lost': run.webhooksLost,
    'webhooks doubled': run.webhooksDoubled,
    ...sorted(run.deeds),
  });
  table(say, 'What must be zero', { ...verdict.counts, contradictions: chronicle.contradictions.length });
  table(say, 'Allowed', { 'mails repeated under one Message-ID': run.mailsRepeated });
  const wrong = [...verdict.findings, ...chronicle.contradictions, ...run.faults];
  for (const finding of wrong.slice(0, SHOWN)) say(`- ${finding}`);
  if (wrong.length > SHOWN) say(`… and ${wrong.length - SHOWN} more`);
  say(
    `Disturbed for ${run.seconds.disturbed} s, quiet after ${run.seconds.quiet} s. Integrity: ${run.integrity}`,
  );
  say(JSON.stringify(lineOf(run)));
  return isClean(run) ? 0 : 1;
}

function table(say: (text: string) => void, title: string, rows: Record<string, number>): void {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  say(`\n${title}`);
  for (const [name, count] of Object.entries(rows))
    say(`  ${name.padEnd(width)} ${String(count).padStart(8)}`);
}

const sorted = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
