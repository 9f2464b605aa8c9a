import type { FontFace } from './font-face.js';

/** A stroke of the pen. Points (1/72 inch) from the top left; a text's y is its baseline. Colours are "#rrggbb". */
export type PdfOp =
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      face: FontFace;
      size: number;
      color: string;
      direction: 'ltr' | 'rtl';
      width: number;
    }
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill?: string; stroke?: Stroke }
  | { kind: 'line'; points: [x: number, y: number][]; stroke: Stroke }
  | { kind: 'circle'; x: number; y: number; radius: number; fill?: string; stroke?: Stroke }
  /** The image keeps its proportions inside this box: on the left, in the middle of the height. */
  | { kind: 'image'; x: number; y: number; width: number; height: number; data: Buffer };

export interface Stroke {
  color: string;
  width: number;
}
