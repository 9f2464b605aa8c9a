import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import { fontFace, fontPath, type FaceName } from '../../../src/platform/pdf/font-face.js';
import { paint } from '../../../src/platform/pdf/paint.js';
import { collect, drawPdf, newPdf } from '../../../src/platform/pdf/pdf-document.js';
import { receiptInfo, receiptStrokes } from '../../../src/receipts/draw-receipt.js';
import { IssueReceiptHandler } from '../../../src/receipts/issue-receipt.handler.js';
import type { ReceiptSnapshot } from '../../../src/receipts/receipt-snapshot.js';
import { RenderReceiptHandler } from '../../../src/receipts/render-receipt.handler.js';
import { forEachOf, forSome, type Sample } from '../support/measure.js';
import type { Get } from './gift-procedures.js';

/** As many as the lane of a worker takes at a time. */
const AT_ONCE = 8;

/** The two jobs that make a receipt, by their real handlers, and pdfkit making the very same strokes. */
export function receiptProcedures(get: Get, associationId: string) {
  return {
    issueReceipts: (donationIds: string[]): Promise<Sample> =>
      forEachOf(donationIds, AT_ONCE, (donationId) =>
        get(IssueReceiptHandler).run({ associationId, donationId }),
      ),
    renderReceipts: (receiptIds: string[]): Promise<Sample> =>
      forEachOf(receiptIds, AT_ONCE, (receiptId) =>
        get(RenderReceiptHandler).run({ associationId, receiptId }),
      ),
    /** One page over and over, all its words known: nothing but pdfkit with fonts parsed once and shared. */
    drawBare: ({ model, ms }: { model: ReceiptSnapshot; ms: number }): Promise<Sample> => {
      const [info, strokes, faces] = [receiptInfo(model), receiptStrokes(model), plainFaces()];
      return forSome(ms, 1, () => {
        const doc = newPdf(info);
        for (const [name, font] of faces)
          doc.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource);
        const bytes = collect(doc);
        paint(doc, strokes);
        doc.end();
        return bytes;
      });
    },
    /** The same with our memory of words: what is left for everything around the drawing. */
    drawRemembering: ({ model, ms }: { model: ReceiptSnapshot; ms: number }): Promise<Sample> => {
      const [info, strokes] = [receiptInfo(model), receiptStrokes(model)];
      fontFace('regular');
      return forSome(ms, 1, () => drawPdf(info, strokes));
    },
  };
}

let parsed: Map<FaceName, fontkit.Font> | undefined;

/** Plain fontkit fonts, without our memory of words. */
function plainFaces(): Map<FaceName, fontkit.Font> {
  const names: FaceName[] = ['regular', 'semibold'];
  parsed ??= new Map(
    names.map((name) => [name, fontkit.create(readFileSync(fontPath(name))) as fontkit.Font]),
  );
  return parsed;
}
