import { longFrenchDate } from '../kernel/french-date.js';
import type { RasterImage } from '../platform/pdf/raster-image.js';
import { COLORS, PAGE, SectionPen, type Section } from './receipt-page.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';
import { notesOf, WORDING } from './receipt-wording.js';

const BOX_WIDTH = 250;
const REFERENCES_SHOWN = 3;

/** Day and signature; beside it what ties the receipt to the accounts. */
export function signatureSection(
  snapshot: ReceiptSnapshot,
  image: RasterImage | undefined,
  scale: number,
): Section {
  const pen = new SectionPen(scale);
  const boxX = PAGE.left + PAGE.width - BOX_WIDTH;
  const inset = { x: boxX + pen.len(9), width: BOX_WIDTH - pen.len(18) };
  const { name, role } = snapshot.association.signatory;

  let y = pen.len(4);
  y += pen.text(WORDING.signature, { ...inset, y, size: 7.4, color: COLORS.label });
  y += pen.text(`Le ${longFrenchDate(snapshot.issuedOn)}`, { ...inset, y, size: 9.6 }) + pen.len(2);
  const room = pen.len(image ? 40 : 18);
  if (image) pen.sketch.image(image.data, inset.x, y, inset.width, room);
  y += room + pen.len(2);
  y += pen.text(name, { ...inset, y, size: 9.8, minSize: 8, maxLines: 1, style: 'semibold' });
  y +=
    pen.text(role, { ...inset, y, size: 8.6, minSize: 7.6, maxLines: 1, color: COLORS.label }) + pen.len(4.5);
  pen.sketch.rect(boxX, 0, BOX_WIDTH, y, { stroke: { color: COLORS.accent, width: 0.7 } });

  const besides = references(snapshot.gift.references);
  const besidesPlace = { x: PAGE.left, y: pen.len(4), width: boxX - PAGE.left - 18 };
  const height = pen.text(besides, { ...besidesPlace, size: 7.4, color: COLORS.label });
  return pen.section(Math.max(y, height + pen.len(4)));
}

function references(ids: string[]): string {
  if (ids.length === 1) return `Référence du don : ${ids[0]}`;
  const shown = ids.slice(0, REFERENCES_SHOWN).join(', ');
  const rest = ids.length - REFERENCES_SHOWN;
  return `Références des ${ids.length} dons : ${shown}${rest > 0 ? ` et ${rest} autres` : ''}`;
}

/** The notes of the form, with the reminder of the fine of article 1740 A. */
export function notesSection(snapshot: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  pen.hairline(PAGE.left, 0, 120);
  const indent = pen.len(7);
  let y = pen.len(4);
  for (const [mark, paragraphs] of notesOf(snapshot.association.legalCategory.code)) {
    pen.text(mark, { x: PAGE.left, y, width: indent, size: 6.9, color: COLORS.label });
    for (const paragraph of paragraphs) {
      const place = { x: PAGE.left + indent, y, width: PAGE.width - indent };
      y += pen.text(paragraph, { ...place, size: 6.9, color: COLORS.label });
    }
    y += pen.len(0.8);
  }
  return pen.section(y);
}
