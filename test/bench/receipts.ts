import type { ReceiptSnapshot } from '../../src/receipts/receipt-snapshot.js';
import { inHouse, type BenchOptions, type House } from './support/house.js';
import { figures, inTurns, ratio, round, type Sample } from './support/measure.js';
import type { BenchReport } from './support/report.js';

/** Receipts issued and drawn in a slice. */
const BATCH = 160;
const SLICE_MS = 1_000;

/**
 * Receipts of paid gifts by the two real jobs, in one thread: number, frozen snapshot, PDF, stored. The floor is
 * pdfkit making the same strokes with fonts parsed once; the stricter one also remembers words, as ours does.
 */
export function receiptsBench(options: BenchOptions): Promise<BenchReport> {
  return inHouse(options, async (house) => {
    const { database, server } = house;
    const issued: Sample[] = [];
    const cores: number[] = [];
    await make(house, issued);
    const model = await newestSnapshot(house);
    const samples = await inTurns(
      options.seconds,
      {
        ours: async () => {
          const { sample, coreShare } = await make(house, issued);
          cores.push(coreShare);
          return sample;
        },
        bare: () => server.call('drawBare', { model, ms: SLICE_MS }),
        remembering: () => server.call('drawRemembering', { model, ms: SLICE_MS }),
      },
      database.analyze,
    );
    const [ours, bare] = [figures(samples.ours), figures(samples.bare)];
    const remembering = figures(samples.remembering);
    return {
      table: {
        'receipts: number, snapshot, PDF, stored': ours,
        'floor: pdfkit, the same strokes': bare,
        'floor: the same, remembering words': remembering,
      },
      line: {
        bench: 'receipts',
        unit: 'receipts/s',
        ...ours,
        floor: bare.rate,
        ratio: ratio(ours.rate, bare.rate),
        strictFloor: remembering.rate,
        strictRatio: ratio(ours.rate, remembering.rate),
        issuedPerSecond: figures(issued).rate,
        coresUsed: round(cores.reduce((sum, share) => sum + share, 0) / cores.length, 2),
        rssMb: round((await server.call('memory')).rss / 1e6),
      },
    };
  });
}

/** The gifts are made and paid beforehand; only the receipts' own jobs are timed. */
async function make(
  { server, database }: House,
  issuedSamples: Sample[],
): Promise<{ sample: Sample; coreShare: number }> {
  const donationIds = await server.call('paidGifts', BATCH);
  const before = await server.call('cpu');
  const issued = await server.call('issueReceipts', donationIds);
  const { rows } = await database.admin.query<{ id: string }>(
    `SELECT id FROM receipts WHERE donation_id = ANY($1)`,
    [donationIds],
  );
  const rendered = await server.call(
    'renderReceipts',
    rows.map(({ id }) => id),
  );
  const after = await server.call('cpu');
  const { rows: stored } = await database.admin.query(
    `SELECT count(*)::int AS count FROM receipts WHERE donation_id = ANY($1) AND pdf_file_id IS NOT NULL`,
    [donationIds],
  );
  if (stored[0].count !== BATCH) throw new Error(`Only ${stored[0].count} of ${BATCH} receipts are stored.`);
  issuedSamples.push(issued);
  return {
    sample: { times: rendered.times, ms: issued.ms + rendered.ms },
    coreShare: (after.ms - before.ms) / (after.at - before.at),
  };
}

async function newestSnapshot({ database }: House): Promise<ReceiptSnapshot> {
  const { rows } = await database.admin.query<{ snapshot: ReceiptSnapshot }>(
    `SELECT snapshot FROM receipts ORDER BY id DESC LIMIT 1`,
  );
  return rows[0]!.snapshot;
}
