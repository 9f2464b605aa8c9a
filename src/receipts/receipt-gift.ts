import { amountInLetters } from '../kernel/french-amount.js';
import { shortFrenchDate } from '../kernel/french-date.js';
import { Money } from '../kernel/money.js';
import { COLORS, PAGE, SectionPen, type Section } from './receipt-page.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';
import {
  ARTICLE_WORDING,
  FORM_WORDING,
  MEANS_WORDING,
  NATURE_WORDING,
  NOTE_MARKS,
  WORDING,
} from './receipt-wording.js';

const BODY = 9;
const OPTION = 8.8;
const LABEL_WIDTH = 124;

/** The acknowledgement: amount in figures and in letters, day of the gift. */
export function amountSection({ gift }: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  const amount = Money.fromJson(gift.amount);
  const line = { x: PAGE.left, width: PAGE.width, size: BODY } as const;
  const top = pen.text(`${WORDING.acknowledgement}${NOTE_MARKS[5]} :`, { ...line, y: 0 }) + pen.len(4);

  const box = { width: pen.len(128), height: pen.len(31) };
  pen.sketch.rect(PAGE.left, top, box.width, box.height, {
    fill: COLORS.tint,
    stroke: { color: COLORS.accent, width: 0.7 },
  });
  pen.text(figures(amount), {
    x: PAGE.left + pen.len(6),
    y: top + pen.len(4.6),
    width: box.width - pen.len(12),
    size: 17,
    minSize: 9,
    maxLines: 1,
    style: 'semibold',
    align: 'center',
  });
  pen.text(WORDING.euros, { x: PAGE.left + box.width + 7, y: top + pen.len(9), width: 40, size: 10.4 });

  const x = PAGE.left + LABEL_WIDTH + 66;
  const right = { x, width: PAGE.left + PAGE.width - x } as const;
  let y = top - pen.len(1);
  y += labelled(pen, { ...right, y }, WORDING.inLetters, amountInLetters(amount)) + pen.len(3);
  y += labelled(pen, { ...right, y }, WORDING.paidOn, paidOn(gift));
  return pen.section(Math.max(y, top + box.height));
}

/** The certification and the boxes of the articles. */
export function certificationSection({ articles }: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  const sentence = `${WORDING.certification}${NOTE_MARKS[6]} :`;
  let y = pen.text(sentence, { x: PAGE.left, y: 0, width: PAGE.width, size: BODY }) + pen.len(3);
  const options = Object.entries(ARTICLE_WORDING).map(([article, text]) => ({
    text,
    isTicked: articles.includes(article as keyof typeof ARTICLE_WORDING),
  }));
  y += optionFlow(pen, { x: PAGE.left, y, width: PAGE.width }, options);
  return pen.section(y);
}

/** Form, nature and means of payment: every option of the form, the right ones ticked. */
export function optionsSection({ gift }: ReceiptSnapshot, scale: number): Section {
  const pen = new SectionPen(scale);
  const groups: [label: string, wording: Record<string, string>, ticked: string | undefined][] = [
    [WORDING.form, FORM_WORDING, gift.form],
    [`${WORDING.nature}${NOTE_MARKS[7]} :`, natureWording(gift.natureDetail), gift.nature],
    [WORDING.means, MEANS_WORDING, gift.means],
  ];
  let y = 0;
  groups.forEach(([label, wording, ticked], i) => {
    if (i > 0) {
      pen.hairline(PAGE.left, y + pen.len(3), PAGE.width);
      y += pen.len(7);
    }
    const labelPlace = { x: PAGE.left, y, width: LABEL_WIDTH - 12, size: OPTION } as const;
    const labelHeight = pen.text(label, { ...labelPlace, style: 'semibold', color: COLORS.accent });
    const options = Object.entries(wording).map(([code, text]) => ({ text, isTicked: code === ticked }));
    const place = { x: PAGE.left + LABEL_WIDTH, y, width: PAGE.width - LABEL_WIDTH };
    y += Math.max(labelHeight, optionFlow(pen, place, options));
  });
  return pen.section(y);
}

function natureWording(detail: string | undefined): Record<string, string> {
  const others = `${NATURE_WORDING.autres}${NOTE_MARKS[8]}`;
  return { ...NATURE_WORDING, autres: detail ? `${others} : ${detail}` : others };
}

/** « 1 234,56 »: the word « Euros » stands beside. */
function figures(amount: Money): string {
  return amount.format('fr').replace(/\s*€/u, '');
}

function paidOn(gift: ReceiptSnapshot['gift']): string {
  return gift.cumulativeYear ? `cumul ${gift.cumulativeYear}` : shortFrenchDate(gift.paidOn);
}

interface Place {
  x: number;
  y: number;
  width: number;
}

function labelled(pen: SectionPen, place: Place, label: string, value: string): number {
  const labelHeight = pen.text(label, { ...place, size: 7.4, color: COLORS.label });
  const y = place.y + labelHeight - pen.len(0.5);
  return labelHeight + pen.text(value, { ...place, y, size: 10.2, minSize: 8.6, maxLines: 2 });
}

/** Options one after another, on as many lines as they need. Returns the height. */
function optionFlow(pen: SectionPen, place: Place, options: { text: string; isTicked: boolean }[]): number {
  const gap = pen.len(15);
  const boxed = pen.len(7.6 + 4);
  let { x, y } = place;
  let lineHeight = 0;
  for (const { text, isTicked } of options) {
    const style = isTicked ? 'semibold' : 'regular';
    const needed = boxed + pen.widthOf(text, OPTION, style);
    if (x > place.x && x + needed > place.x + place.width) {
      x = place.x;
      y += lineHeight + pen.len(2);
      lineHeight = 0;
    }
    pen.tickBox(x, y + pen.len(1.7), isTicked);
    const width = place.x + place.width - x - boxed;
    lineHeight = Math.max(lineHeight, pen.text(text, { x: x + boxed, y, width, size: OPTION, style }));
    x += needed + gap;
  }
  return y + lineHeight - place.y;
}
