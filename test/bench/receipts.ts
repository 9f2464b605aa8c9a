import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as fontkit from 'fontkit';
import type { FaceName } from '../../src/platform/pdf/font-face.js';
import { fontPath } from '../../src/platform/pdf/font-face.js';
import { paint } from '../../src/platform/pdf/paint.js';
import { collect, newPdf, type PdfInfo } from '../../src/platform/pdf/pdf-document.js';
import type { PdfOp } from '../../src/platform/pdf/pdf-op.js';
import { drawReceipt, receiptInfo, receiptStrokes } from '../../src/receipts/draw-receipt.js';
import type { ReceiptSnapshot } from '../../src/receipts/receipt-snapshot.js';
import { ordinaryReceipt } from '../support/receipt-snapshots.js';

export interface ReceiptsBenchResult {
  bench: 'receipts';
  unit: 'PDF/s';
  rate: number;
  floor: number;
  ratio: number;
  p50Ms: number;
  p99Ms: number;
  rssMb: number;
  pdfBytes: number;
  /** Strokes of the page: what the floor repeats. */
  texts: number;
  strokes: number;
}

/** One issued receipt: `draw` gives the PDF and its SHA-256. The caller may add what surrounds it (number, storage). */
export type AroundReceipt = (
  snapshot: ReceiptSnapshot,
  draw: () => Promise<DrawnReceipt>,
) => Promise<unknown>;
export interface DrawnReceipt {
  pdf: Buffer;
  sha256: string;
}

interface Options {
  around?: AroundReceipt;
  seconds?: number;
}

const SLICE_MS = 400;

/**
 * Receipts per second of one process. Ours: snapshot → page → PDF → SHA-256, another donor each time. The floor:
 * pdfkit making the very same strokes with the same faces, parsed once, and nothing around it. Both take turns in
 * short slices, so that a noisy machine disturbs them alike.
 */
export async function receiptsBench({ around, seconds = 14 }: Options = {}): Promise<ReceiptsBenchResult> {
  const surround: AroundReceipt = around ?? ((_, draw) => draw());
  const faces = parsedFaces();
  let number = 0;
  const ours = () => {
    const snapshot = numbered(++number);
    return surround(snapshot, () => drawn(snapshot));
  };
  const model = numbered(0);
  const [info, strokes] = [receiptInfo(model), receiptStrokes(model)];
  const floor = () => bareDrawing(faces, info, strokes);

  await turns([ours, floor], 2_000);
  const [mine, bare] = await turns([ours, floor], seconds * 1000);
  const sorted = mine!.sort((a, b) => a - b);
  const rate = perSecond(mine!);
  const bareRate = perSecond(bare!);
  return {
    bench: 'receipts',
    unit: 'PDF/s',
    rate: round(rate),
    floor: round(bareRate),
    ratio: round(rate / bareRate, 3),
    p50Ms: round(sorted[Math.floor(sorted.length * 0.5)]!, 2),
    p99Ms: round(sorted[Math.floor(sorted.length * 0.99)]!, 2),
    rssMb: round(process.memoryUsage().rss / 1e6),
    pdfBytes: (await drawReceipt(model)).length,
    texts: strokes.filter((op) => op.kind === 'text').length,
    strokes: strokes.length,
  };
}

async function drawn(snapshot: ReceiptSnapshot): Promise<DrawnReceipt> {
  const pdf = await drawReceipt(snapshot);
  return { pdf, sha256: createHash('sha256').update(pdf).digest('hex') };
}

/** Plain fontkit fonts, without our memory of words. */
function parsedFaces(): Map<FaceName, fontkit.Font> {
  const names: FaceName[] = ['regular', 'semibold'];
  return new Map(names.map((name) => [name, fontkit.create(readFileSync(fontPath(name))) as fontkit.Font]));
}

function bareDrawing(faces: Map<FaceName, fontkit.Font>, info: PdfInfo, strokes: PdfOp[]): Promise<Buffer> {
  const doc = newPdf(info);
  for (const [name, font] of faces) doc.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource);
  const bytes = collect(doc);
  paint(doc, strokes);
  doc.end();
  return bytes;
}

/** Each work in turn for a slice of time; returns the milliseconds of every call, work by work. */
async function turns(works: (() => Promise<unknown>)[], forMs: number): Promise<number[][]> {
  const times: number[][] = works.map(() => []);
  for (const end = performance.now() + forMs; performance.now() < end;) {
    for (const [i, work] of works.entries()) {
      for (const sliceEnd = performance.now() + SLICE_MS; performance.now() < sliceEnd;) {
        const start = performance.now();
        await work();
        times[i]!.push(performance.now() - start);
      }
    }
  }
  return times;
}

const LAST_NAMES = [
  'Martin',
  'Lefèvre',
  'Nguyễn',
  'El Amrani',
  'Достоевская',
  'Παπαδοπούλου',
  'de La Tour d’Auvergne',
];

/** Names, towns and amounts change from receipt to receipt, as in a yearly run. */
function numbered(number: number): ReceiptSnapshot {
  const base = ordinaryReceipt();
  return {
    ...base,
    number: `2026-${String(number).padStart(6, '0')}`,
    donor: {
      lastName: `${LAST_NAMES[number % LAST_NAMES.length]}`,
      firstNames: `Zoé ${String.fromCharCode(65 + (number % 26))}.`,
      address: { ...base.donor.address, line1: `${(number % 300) + 1}, place de la Liberté` },
    },
    gift: { ...base.gift, amount: { cents: 500 + ((number * 7919) % 500_000), currency: 'EUR' } },
  };
}

function perSecond(times: number[]): number {
  return (times.length * 1000) / times.reduce((sum, ms) => sum + ms, 0);
}

function round(value: number, decimals = 1): number {
  return Number(value.toFixed(decimals));
}
