import PDFDocument from 'pdfkit';
import { paint } from './paint.js';
import type { PdfOp } from './pdf-op.js';

export const A4 = { width: 595.28, height: 841.89 } as const;

export interface PdfInfo {
  title: string;
  author: string;
  subject: string;
  keywords?: string;
  /** Part of the bytes: take it from the data, never from the clock. */
  createdAt: Date;
}

/** Draws a one-page A4 document in French. The same strokes and info give the same bytes, at any time, anywhere. */
export function drawPdf(info: PdfInfo, ops: readonly PdfOp[]): Promise<Buffer> {
  const doc = newPdf(info);
  for (const face of new Set(ops.flatMap((op) => (op.kind === 'text' ? [op.face] : [])))) {
    doc.registerFont(face.name, face.embeddable as unknown as PDFKit.Mixins.PDFFontSource);
  }
  const bytes = collect(doc);
  paint(doc, ops);
  doc.end();
  return bytes;
}

/** pdfkit derives the file's ID from the info, so it needs no randomness either. */
export function newPdf(info: PdfInfo): PDFKit.PDFDocument {
  return new PDFDocument({
    size: [A4.width, A4.height],
    margin: 0,
    // Without a default font, pdfkit does not read the metrics of Helvetica for every document.
    font: null as unknown as string,
    pdfVersion: '1.7',
    lang: 'fr-FR',
    displayTitle: true,
    info: {
      Title: info.title,
      Author: info.author,
      Subject: info.subject,
      ...(info.keywords && { Keywords: info.keywords }),
      Creator: 'Obole',
      CreationDate: info.createdAt,
    },
  });
}

export function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
