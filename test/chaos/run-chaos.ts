import { join } from 'node:path';
import { becomeQuiet, untilNoJobWaits } from './house/become-quiet.js';
import { foundAssociation } from './house/found-association.js';
import { Installation } from './house/installation.js';
import { integrityOf } from './house/integrity.js';
import { gatherEvidence, type Evidence } from './judge/evidence.js';
import { judge, type Verdict } from './judge/judge.js';
import { Monkey, type Pauses } from './monkey/monkey.js';
import { Chronicle } from './population/chronicle.js';
import { livePopulation } from './population/population.js';
import { Random } from './random.js';

export interface ChaosOptions {
  gifts: number;
  seed: number;
  /** No new donor comes after this; then everything may come to its end. */
  minutes: number;
  /** Donors at the same time. */
  lanes: number;
  /** They arrive over this time; 0: as quickly as they are served. */
  spreadSeconds: number;
  /** Days that pass after each part of the run, which has its share of the donors. */
  leaps: number[];
  pauses: Pauses;
  /** Whoever stops a run stops all that belongs to it. */
  stop?: AbortSignal;
  say: (text: string) => void;
}

export interface ChaosRun {
  options: ChaosOptions;
  chronicle: Chronicle;
  deeds: Record<string, number>;
  kills: number;
  webhooksLost: number;
  webhooksDoubled: number;
  mailsRepeated: number;
  evidence: Evidence;
  verdict: Verdict;
  /** "clean", or what the command found. */
  integrity: string;
  /** What makes the run less than it claims to be. */
  faults: string[];
  seconds: { disturbed: number; quiet: number };
}

const QUIET_MINUTES = 10;
const PATIENCE_MS = 90_000;
const KEYS_MS = 1_000;
const TELL_MS = 30_000;
/** As a shell says it of what Ctrl-C has ended. */
const STOPPED = 130;

/** Donors live, the monkey breaks, then everything becomes quiet and is judged from the outside. */
export async function runChaos(options: ChaosOptions): Promise<ChaosRun> {
  const { say } = options;
  const house = await Installation.start({ webs: 2, workers: 2 });
  let isGood = false;
  options.stop?.addEventListener('abort', () => void house.close().then(() => process.exit(STOPPED)));
  try {
    const run = await liveAndBeJudged(house, options);
    isGood = isClean(run);
    return run;
  } catch (error) {
    // What is being taken down breaks in many ways: none of them is news.
    if (options.stop?.aborted) return await new Promise<never>(() => undefined);
    throw error;
  } finally {
    if (!isGood) say(`What the processes wrote is kept in ${join(house.home, '*.log')}`);
    await house.close(!isGood);
  }
}

async function liveAndBeJudged(house: Installation, options: ChaosOptions): Promise<ChaosRun> {
  const { say } = options;
  const random = new Random(options.seed);
  const chronicle = new Chronicle();
  const monkey = new Monkey(house, random.fork(-1), options.pauses);
  const started = Date.now();
  say(`${options.gifts} donors, seed ${options.seed}; ${house.home}`);
  const telling = setInterval(
    () => say(`${chronicle.taken.size} gifts taken, ${killsOf(house)} kills`),
    TELL_MS,
  );
  try {
    await disturbedLives(house, options, { random, chronicle, monkey });
  } finally {
    clearInterval(telling);
    await house.time.stop();
  }
  const calm = Date.now();
  say(`${chronicle.taken.size} gifts taken in ${seconds(started, calm)} s; now everything becomes quiet`);
  const deadline = calm + QUIET_MINUTES * 60_000;
  await becomeQuiet(house, deadline);
  await house.time.leap(house.database, options.leaps.at(-1)!);
  await becomeQuiet(house, deadline);
  const outside = {
    remote: await house.provider.payments(),
    taken: [...chronicle.taken.values()],
    refundsTaken: chronicle.refunds,
    mails: await house.mail.settled(),
  };
  const evidence = await gatherEvidence(house.database, outside);
  return {
    options,
    chronicle,
    deeds: monkey.done,
    kills: killsOf(house),
    webhooksLost: house.provider.webhooksLost,
    webhooksDoubled: house.provider.webhooksDoubled,
    mailsRepeated: outside.mails.length - new Set(outside.mails.map(({ messageId }) => messageId)).size,
    evidence,
    verdict: judge(evidence),
    integrity: await integrityOf(house),
    faults: faultsOf(house, chronicle, monkey),
    seconds: { disturbed: seconds(started, calm), quiet: seconds(calm, Date.now()) },
  };
}

interface Players {
  random: Random;
  chronicle: Chronicle;
  monkey: Monkey;
}

/** Part by part; days pass in between, when nothing is under way. */
async function disturbedLives(
  house: Installation,
  { gifts, leaps, lanes, minutes, spreadSeconds }: ChaosOptions,
  { random, chronicle, monkey }: Players,
): Promise<void> {
  const { time, database } = house;
  const place = await foundAssociation(house);
  const endsAt = Date.now() + minutes * 60_000;
  const spreadMs = (spreadSeconds * 1_000) / leaps.length;
  const share = (part: number): number => Math.round((gifts * part) / leaps.length);
  time.hastenKeys(database, KEYS_MS);
  for (const [part, days] of leaps.entries()) {
    monkey.work();
    const bounds = {
      from: share(part),
      to: share(part + 1),
      lanes,
      endsAt,
      spreadMs,
      patienceMs: PATIENCE_MS,
    };
    await livePopulation(house, place, random, chronicle, bounds);
    if (part === leaps.length - 1) break;
    await monkey.rest();
    await house.allReady();
    await untilNoJobWaits(house, Date.now() + QUIET_MINUTES * 60_000);
    await time.leap(database, days);
    await time.stagePeriodicJobs(database);
  }
  await monkey.everythingOnce();
  await monkey.rest();
}

/** All zeros and clean. */
export function isClean({ verdict, integrity, chronicle, faults }: ChaosRun): boolean {
  const { findings } = verdict;
  return findings.length + chronicle.contradictions.length + faults.length === 0 && integrity === 'clean';
}

function faultsOf(house: Installation, chronicle: Chronicle, monkey: Monkey): string[] {
  return [
    ...monkey.failures.map((failure) => `the monkey failed: ${failure}`),
    ...chronicle.accidents,
    ...house.webs
      .filter(({ ownExits }) => ownExits > 0)
      .map(({ name, ownExits }) => `${name} ended by itself ${ownExits} times`),
  ];
}

const killsOf = ({ members }: Installation): number => members.reduce((sum, { kills }) => sum + kills, 0);
const seconds = (from: number, to: number): number => Math.round((to - from) / 1000);
