import { PNG } from 'pngjs';

/** A real PNG of one colour. */
export function somePng(width = 300, height = 90): Buffer<ArrayBuffer> {
  const png = new PNG({ width, height });
  png.data.fill(0x33);
  return Buffer.from(PNG.sync.write(png));
}

/** The smallest JPEG that has a size: start, frame header of 2 × 2 pixels, end. Nobody decodes it further here. */
export function someJpeg(): Buffer<ArrayBuffer> {
  const segments = ['ffd8', 'ffe000104a46494600010100000100010000', 'ffc0000b080002000201011100', 'ffd9'];
  return Buffer.from(segments.join(''), 'hex');
}
