import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { longestReceipt, ordinaryReceipt } from '../../test/support/receipt-snapshots.js';
import { A4 } from '../platform/pdf/pdf-document.js';
import type { PdfOp } from '../platform/pdf/pdf-op.js';
import { drawReceipt, receiptStrokes } from './draw-receipt.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';

type Text = Extract<PdfOp, { kind: 'text' }>;

const signature = PNG.sync.write(new PNG({ width: 300, height: 100, fill: true }));
const base = ordinaryReceipt();
const signed = ordinaryReceipt({
  association: {
    ...base.association,
    signatureImage: { fileId: 'file_1', sha256: sha256(signature), type: 'image/png' },
  },
});
const { donor } = base;
const CASES: Record<string, ReceiptSnapshot> = {
  ordinary: base,
  signed,
  longest: longestReceipt(),
  'longest, specimen': { ...longestReceipt(), isSpecimen: true },
  'one long word': ordinaryReceipt({
    donor: { ...donor, lastName: 'x'.repeat(200), firstNames: 'W'.repeat(200) },
  }),
  Cyrillic: ordinaryReceipt({ donor: { ...donor, lastName: 'Достоевская'.repeat(18) } }),
  Greek: ordinaryReceipt({ donor: { ...donor, lastName: 'Παπαδόπουλος', firstNames: 'Ελένη' } }),
  Arabic: ordinaryReceipt({ donor: { ...donor, lastName: 'محمد بن عبد الله '.repeat(11).trim() } }),
  emoji: ordinaryReceipt({ donor: { ...donor, lastName: '🌻🌻', firstNames: 'Zoé 👩🏽‍🌾' } }),
  'piled marks': ordinaryReceipt({ donor: { ...donor, firstNames: `Z${'\u0334\u0350'.repeat(60)}oé` } }),
};

const images = { signatureImage: signature };
const strokes = (snapshot: ReceiptSnapshot) => receiptStrokes(snapshot, images);
const texts = (ops: PdfOp[]) => ops.filter((op): op is Text => op.kind === 'text');
const isWatermark = (op: Text) => op.size > 60;

/** The ink of a line of text: capitals and accents above the baseline, descenders below. */
const inkOf = (op: Text) => ({
  left: op.x,
  right: op.x + op.width,
  top: op.y - op.size * 0.72,
  bottom: op.y + op.size * 0.2,
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a drawn receipt', () => {
  it.each(Object.entries(CASES))('holds on its page, no text over another: %s', (_, snapshot) => {
    const inks = texts(strokes(snapshot))
      .filter((op) => !isWatermark(op))
      .map((op) => ({ ...inkOf(op), text: op.text }));
    for (const [i, a] of inks.entries()) {
      expect(a.left).toBeGreaterThanOrEqual(50);
      expect(a.right).toBeLessThanOrEqual(A4.width - 50);
      expect(a.top).toBeGreaterThan(30);
      expect(a.bottom).toBeLessThan(A4.height - 25);
      for (const b of inks.slice(i + 1)) {
        const isOver =
          a.left < b.right - 0.1 && b.left < a.right - 0.1 && a.top < b.bottom && b.top < a.bottom;
        expect(isOver ? `${a.text} × ${b.text}` : '').toBe('');
      }
    }
  });

  it.each(Object.entries(CASES))('has the same bytes each time: %s', async (_, snapshot) => {
    const first = sha256(await drawReceipt(snapshot, images));
    await drawReceipt(ordinaryReceipt({ number: '2026-000999', donor: { ...donor, lastName: 'Ἀθηνᾶ ﬁn' } }));
    expect(sha256(await drawReceipt(structuredClone(snapshot), images))).toBe(first);
  });

  it('weighs less than 40 KB', async () => {
    expect((await drawReceipt(base)).length).toBeLessThan(40_000);
    expect((await drawReceipt(longestReceipt())).length).toBeLessThan(40_000);
  });

  it('is different bytes when anything on it is different', async () => {
    const all = await Promise.all(Object.values(CASES).map((snapshot) => drawReceipt(snapshot, images)));
    expect(new Set(all.map(sha256)).size).toBe(all.length);
  });

  it('bears the frozen signature image, or is not drawn', async () => {
    await expect(drawReceipt(signed)).rejects.toMatchObject({ code: 'signature_image_missing' });
    await expect(drawReceipt(signed, { signatureImage: Buffer.from('other') })).rejects.toMatchObject({
      code: 'signature_image_changed',
    });
    expect(strokes(signed).some((op) => op.kind === 'image')).toBe(true);
    expect(strokes(base).some((op) => op.kind === 'image')).toBe(false);
  });

  it('says across the page that a specimen is worth nothing', () => {
    const specimen = texts(strokes(ordinaryReceipt({ isSpecimen: true })));
    expect(specimen.filter(isWatermark)).toHaveLength(2);
    expect(specimen.some((op) => op.text.includes('aucune valeur fiscale'))).toBe(true);
    expect(texts(strokes(base)).some((op) => op.text.includes('SPÉCIMEN'))).toBe(false);
  });

  it('prints a dash for a name of which nothing can be printed', () => {
    expect(texts(strokes(CASES.emoji!)).some((op) => op.text === '—')).toBe(true);
  });
});
