import type { PdfOp, Stroke } from './pdf-op.js';

type Doc = PDFKit.PDFDocument;

/** Draws the strokes in their order. The document must know the faces (see newPdf). */
export function paint(doc: Doc, ops: readonly PdfOp[]): void {
  let color = '';
  const fillWith = (next: string) => {
    if (next !== color) doc.fillColor((color = next));
  };
  for (const op of ops) {
    switch (op.kind) {
      case 'text':
        fillWith(op.color);
        paintText(doc, op);
        break;
      case 'rect':
        if (op.fill) fillWith(op.fill);
        finish(doc.rect(op.x, op.y, op.width, op.height), op.fill, op.stroke);
        break;
      case 'circle':
        if (op.fill) fillWith(op.fill);
        finish(doc.circle(op.x, op.y, op.radius), op.fill, op.stroke);
        break;
      case 'line':
        op.points.forEach(([x, y], i) => (i === 0 ? doc.moveTo(x, y) : doc.lineTo(x, y)));
        finish(doc, undefined, op.stroke);
        break;
      case 'image':
        doc.image(op.data, op.x, op.y, { fit: [op.width, op.height], valign: 'center' });
        break;
    }
  }
}

function paintText(doc: Doc, op: Extract<PdfOp, { kind: 'text' }>): void {
  doc.font(op.face.name, op.size).text(op.text, op.x, op.y, {
    lineBreak: false,
    baseline: 'alphabetic',
    // An explicit list has the run laid out as a whole, so that the words of a right-to-left run are turned too.
    ...(op.direction === 'rtl' && { features: [] }),
  });
}

function finish(doc: Doc, fill: string | undefined, stroke: Stroke | undefined): void {
  if (stroke) doc.lineWidth(stroke.width).strokeColor(stroke.color);
  if (fill && stroke) doc.fillAndStroke();
  else if (stroke) doc.stroke();
  else doc.fill();
}
