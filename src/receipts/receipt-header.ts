import { COLORS, PAGE, SectionPen, type Section } from './receipt-page.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';
import { WORDING } from './receipt-wording.js';

const SIDE_WIDTH = 142;

/** Title, form number, order number. */
export function headerSection(snapshot: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  const top = snapshot.isSpecimen ? specimenBanner(pen) : 0;
  // Scaled with the type, so that the lines break at the same words on every page.
  const titleWidth = pen.len(PAGE.width - SIDE_WIDTH - 26);
  const title = {
    x: PAGE.left,
    y: top,
    width: titleWidth,
    size: 15.5,
    style: 'semibold',
    color: COLORS.accent,
  } as const;
  const bottom = Math.max(top + pen.text(WORDING.title, title), top + orderNumber(pen, snapshot, top));
  const rule = bottom + pen.len(8);
  pen.sketch.rect(PAGE.left, rule, PAGE.width, 1, { fill: COLORS.accent });
  return pen.section(rule + 1);
}

function orderNumber(pen: SectionPen, snapshot: ReceiptSnapshot, top: number): number {
  const x = PAGE.left + PAGE.width - SIDE_WIDTH;
  const inset = { x: x + pen.len(9), width: SIDE_WIDTH - pen.len(18) };
  let y = top;
  const form = { x, width: SIDE_WIDTH, size: 8.4, color: COLORS.label, align: 'right' } as const;
  y += pen.text(`${WORDING.formCode} · ${WORDING.formNumber}`, { ...form, y }) + pen.len(3);
  const boxTop = y;
  y += pen.len(3.5);
  y += pen.text(WORDING.orderNumber, { ...inset, y, size: 7.4, color: COLORS.label });
  y += pen.text(snapshot.number, { ...inset, y, size: 13, minSize: 8, maxLines: 1, style: 'semibold' });
  if (snapshot.replacesNumber) {
    const replaces = `Annule et remplace le reçu n° ${snapshot.replacesNumber}`;
    y += pen.text(replaces, { ...inset, y, size: 7.4 }) + pen.len(1.5);
  }
  y += pen.len(3);
  pen.sketch.rect(x, boxTop, SIDE_WIDTH, y - boxTop, { stroke: { color: COLORS.accent, width: 0.7 } });
  return y - top;
}

/** A receipt for play money must not be taken for a real one, not even in black and white. */
function specimenBanner(pen: SectionPen): number {
  const height = pen.len(19);
  pen.sketch.rect(PAGE.left, 0, PAGE.width, height, { stroke: { color: COLORS.warning, width: 0.9 } });
  pen.text('SPÉCIMEN — aucun argent réel n’a été versé, ce document n’a aucune valeur fiscale', {
    x: PAGE.left,
    y: pen.len(3.6),
    width: PAGE.width,
    size: 9.4,
    style: 'semibold',
    color: COLORS.warning,
    align: 'center',
  });
  return height + pen.len(9);
}
