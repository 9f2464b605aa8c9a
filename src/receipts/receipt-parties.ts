import type { TextStyle } from '../platform/pdf/text-runs.js';
import { COLORS, PAGE, SectionPen, type Section } from './receipt-page.js';
import type { ReceiptAddress, ReceiptSnapshot } from './receipt-snapshot.js';
import { categoryNote, NOTE_MARKS, WORDING } from './receipt-wording.js';

const INSET = 9;
const COLUMN_GAP = 14;

interface Field {
  label: string;
  value: string;
  /** Share of the row's width. */
  share: number;
  maxLines?: number;
  isStrong?: boolean;
}

export function beneficiarySection({ association }: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  let y = band(pen, WORDING.beneficiary);
  y += row(pen, y, [
    { label: WORDING.name, value: association.name, share: 2, maxLines: 2, isStrong: true },
    {
      label: WORDING.registration + NOTE_MARKS[1],
      value: association.registration.printed,
      share: 1,
      maxLines: 2,
    },
  ]);
  y += addressRows(pen, y, association.address);
  y += row(pen, y, [{ label: WORDING.object, value: association.object, share: 1, maxLines: 3 }]);
  y += categoryRow(pen, y, association.legalCategory);
  return framed(pen, y);
}

export function donorSection({ donor }: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  let y = band(pen, WORDING.donor);
  y += row(pen, y, [
    { label: WORDING.lastName, value: donor.lastName, share: 1, maxLines: 2, isStrong: true },
    { label: WORDING.firstNames, value: donor.firstNames, share: 1, maxLines: 2, isStrong: true },
  ]);
  y += addressRows(pen, y, donor.address);
  return framed(pen, y);
}

function band(pen: SectionPen, title: string): number {
  const height = pen.len(18);
  pen.sketch.rect(PAGE.left, 0, PAGE.width, height, { fill: COLORS.tint });
  const place = { x: PAGE.left + INSET, y: pen.len(2.6), width: PAGE.width - INSET * 2 };
  pen.text(title, { ...place, size: 10.4, style: 'semibold', color: COLORS.accent });
  return height + pen.len(4.5);
}

function framed(pen: SectionPen, bottom: number): Section {
  const height = bottom + pen.len(1.5);
  pen.sketch.rect(PAGE.left, 0, PAGE.width, height, { stroke: { color: COLORS.hairline, width: 0.6 } });
  return pen.section(height);
}

function addressRows(pen: SectionPen, y: number, address: ReceiptAddress): number {
  const street = address.line2 ? `${address.line1}, ${address.line2}` : address.line1;
  const first = row(pen, y, [{ label: WORDING.address, value: street, share: 1, maxLines: 2 }]);
  const second = row(pen, y + first, [
    { label: WORDING.postalCode, value: address.postalCode, share: 0.8, maxLines: 1 },
    { label: WORDING.city, value: address.city, share: 2.4, maxLines: 1 },
    { label: WORDING.country, value: address.country, share: 1.6, maxLines: 1 },
  ]);
  return first + second;
}

/** Fields side by side, the label small above its value, all values in one size. Returns the height of the row. */
function row(pen: SectionPen, top: number, fields: Field[]): number {
  const shares = fields.reduce((sum, field) => sum + field.share, 0);
  const available = PAGE.width - INSET * 2 - COLUMN_GAP * (fields.length - 1);
  const cells = fields.map((field) => ({
    ...field,
    width: (available * field.share) / shares,
    ...lookOf(field),
  }));
  const size = Math.min(...cells.map((cell) => pen.fittingSize(cell.value, cell)));
  let x = PAGE.left + INSET;
  let height = 0;
  for (const { label, value, width, style } of cells) {
    const labelHeight = pen.text(label, { x, y: top, width, size: 7.4, color: COLORS.label });
    const valueHeight = pen.text(value, { x, y: top + labelHeight - pen.len(0.5), width, size, style });
    height = Math.max(height, labelHeight + valueHeight);
    x += width + COLUMN_GAP;
  }
  return height + pen.len(3);
}

function lookOf({ isStrong, maxLines }: Field): {
  style: TextStyle;
  size: number;
  minSize: number;
  maxLines?: number;
} {
  return { style: isStrong ? 'semibold' : 'regular', size: 10.2, minSize: 8, maxLines };
}

/** Note 2 of the form: the association prints the one category that is its own. */
function categoryRow(
  pen: SectionPen,
  top: number,
  category: ReceiptSnapshot['association']['legalCategory'],
): number {
  const x = PAGE.left + INSET;
  const width = PAGE.width - INSET * 2;
  let y =
    top + pen.text(WORDING.category + NOTE_MARKS[2], { x, y: top, width, size: 7.4, color: COLORS.label });
  y += pen.len(1.5);
  const mark = categoryNote(category.code) ?? '';
  const noted = (words: string) => words.replace(/\(précisez\)|autre que la France/, (found) => found + mark);
  const boxed = pen.tickBox(x, y + pen.len(1.3), true) + pen.len(5.5);
  y += pen.text(noted(category.box), { x: x + boxed, y, width: width - boxed, size: 8.6, minSize: 8 });
  if (category.choice) {
    y += pen.len(1.5);
    const circled = boxed + pen.tickCircle(x + boxed, y + pen.len(1.7)) + pen.len(5);
    const place = { x: x + circled, y, width: width - circled };
    y += pen.text(noted(category.choice), { ...place, size: 8.6, minSize: 8, style: 'semibold' });
  }
  return y - top + pen.len(3.5);
}
