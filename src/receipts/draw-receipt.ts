import { createHash } from 'node:crypto';
import { DomainError } from '../kernel/domain-error.js';
import { A4, drawPdf, type PdfInfo } from '../platform/pdf/pdf-document.js';
import type { PdfOp } from '../platform/pdf/pdf-op.js';
import { rasterImage, type RasterImage } from '../platform/pdf/raster-image.js';
import { Sketch } from '../platform/pdf/sketch.js';
import { textLine } from '../platform/pdf/text-layout.js';
import { notesSection, signatureSection } from './receipt-foot.js';
import { amountSection, certificationSection, optionsSection } from './receipt-gift.js';
import { headerSection } from './receipt-header.js';
import { COLORS, PAGE, type Section } from './receipt-page.js';
import { beneficiarySection, donorSection } from './receipt-parties.js';
import type { ReceiptSnapshot } from './receipt-snapshot.js';

export interface ReceiptImages {
  /** The bytes of `snapshot.association.signatureImage`: PNG or JPEG. */
  signatureImage?: Buffer;
}

/** A roomy page is drawn at 1; long texts tighten it step by step until it holds. */
const SCALES = [1, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76, 0.73, 0.7, 0.67, 0.64];
const GAP = { min: 8, max: 17 };

/**
 * Draws a tax receipt, one page of A4, from its snapshot alone: the same snapshot gives the same bytes.
 *
 * @throws DomainError `signature_image_missing` / `signature_image_changed` when the image is not the one frozen in
 * the snapshot; `image_unreadable`, `image_too_large`
 */
export async function drawReceipt(snapshot: ReceiptSnapshot, images: ReceiptImages = {}): Promise<Buffer> {
  return drawPdf(receiptInfo(snapshot), receiptStrokes(snapshot, images));
}

export function receiptInfo({ number, association, issuedOn, isSpecimen }: ReceiptSnapshot): PdfInfo {
  return {
    title: `${isSpecimen ? 'Spécimen — ' : ''}Reçu fiscal n° ${number}`,
    author: association.name,
    subject: 'Reçu au titre des dons, modèle 2041-RD (cerfa n° 11580*05)',
    createdAt: new Date(`${issuedOn}T12:00:00Z`),
  };
}

/** The strokes of the page, in the order of the form. */
export function receiptStrokes(snapshot: ReceiptSnapshot, images: ReceiptImages = {}): PdfOp[] {
  const signature = signatureOf(snapshot, images);
  for (const scale of SCALES) {
    const page = placed(sections(snapshot, signature, scale), scale);
    if (page) return [...(snapshot.isSpecimen ? watermark() : []), ...page];
  }
  throw new DomainError(
    'invalid',
    'receipt_does_not_fit',
    `Receipt ${snapshot.number} holds too much text for a page.`,
  );
}

function sections(snapshot: ReceiptSnapshot, signature: RasterImage | undefined, scale: number): Section[] {
  return [
    headerSection(snapshot, scale),
    beneficiarySection(snapshot, scale),
    donorSection(snapshot, scale),
    amountSection(snapshot, scale),
    certificationSection(snapshot, scale),
    optionsSection(snapshot, scale),
    signatureSection(snapshot, signature, scale),
    notesSection(snapshot, scale),
  ];
}

/** Sections below one another, the notes at the foot of the page; undefined if they do not fit. */
function placed(parts: Section[], scale: number): PdfOp[] | undefined {
  const room = A4.height - PAGE.top - PAGE.bottom - parts.reduce((sum, part) => sum + part.height, 0);
  const gap = Math.min(GAP.max, room / (parts.length - 1));
  if (gap < GAP.min * scale) return undefined;
  const notes = parts.at(-1)!;
  let y: number = PAGE.top;
  const ops = parts.slice(0, -1).flatMap((part) => {
    const moved = part.sketch.movedBy(y);
    y += part.height + gap;
    return moved;
  });
  return [...ops, ...notes.sketch.movedBy(A4.height - PAGE.bottom - notes.height)];
}

function watermark(): PdfOp[] {
  const sketch = new Sketch();
  const line = textLine('SPÉCIMEN', 'semibold', 110);
  for (const y of [330, 640]) sketch.line(line, (A4.width - line.width) / 2, y, 110, COLORS.watermark);
  return sketch.ops;
}

function signatureOf(snapshot: ReceiptSnapshot, { signatureImage }: ReceiptImages): RasterImage | undefined {
  const frozen = snapshot.association.signatureImage;
  if (!frozen) return undefined;
  if (!signatureImage) {
    throw new DomainError(
      'invalid',
      'signature_image_missing',
      `Receipt ${snapshot.number} needs its signature image.`,
    );
  }
  if (createHash('sha256').update(signatureImage).digest('hex') !== frozen.sha256) {
    throw new DomainError(
      'invalid',
      'signature_image_changed',
      `The signature image is not the one of receipt ${snapshot.number}.`,
    );
  }
  return rasterImage(signatureImage);
}
