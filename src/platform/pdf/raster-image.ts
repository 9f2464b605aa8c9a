import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import { DomainError } from '../../kernel/domain-error.js';

/** An image that pdfkit embeds without further work, and its size in pixels. */
export interface RasterImage {
  data: Buffer;
  width: number;
  height: number;
}

const MAX_PIXELS = 20_000_000;
/** Enough for a signature of 9 × 4 cm at 300 dpi; a photograph of a page would make each receipt heavy. */
const MAX_WIDTH = 1000;
const MAX_HEIGHT = 450;
const MEMO_MAX = 32;

const memo = new Map<string, RasterImage>();

/**
 * Prepares a PNG or JPEG for embedding. A PNG's transparency is laid on white (pdfkit would split and compress the
 * channels anew in every document) and large ones are made smaller; a JPEG stays as it is.
 *
 * @throws DomainError `image_unreadable`, `image_too_large`
 */
export function rasterImage(bytes: Buffer): RasterImage {
  const key = createHash('sha256').update(bytes).digest('hex');
  const known = memo.get(key);
  if (known) return known;
  const image = isPng(bytes) ? flatPng(bytes) : jpeg(bytes);
  if (memo.size >= MEMO_MAX) memo.delete(memo.keys().next().value!);
  memo.set(key, image);
  return image;
}

function isPng(bytes: Buffer): boolean {
  return bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47;
}

function flatPng(bytes: Buffer): RasterImage {
  const declared = bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  if (declared > MAX_PIXELS)
    throw new DomainError('invalid', 'image_too_large', 'An image has at most 20 megapixels.');
  const source = decodePng(bytes);
  const factor = Math.max(1, Math.ceil(source.width / MAX_WIDTH), Math.ceil(source.height / MAX_HEIGHT));
  const flat = shrunkOnWhite(source, factor);
  const data = PNG.sync.write(flat, { colorType: 2, inputHasAlpha: true });
  return { data, width: flat.width, height: flat.height };
}

function decodePng(bytes: Buffer): PNG {
  try {
    return PNG.sync.read(bytes);
  } catch (cause) {
    throw new DomainError('invalid', 'image_unreadable', 'This PNG cannot be read.', { cause });
  }
}

/** Each pixel is the mean of a square of `factor` pixels of the source, laid on white paper. */
function shrunkOnWhite(source: PNG, factor: number): PNG {
  const width = Math.max(1, Math.floor(source.width / factor));
  const height = Math.max(1, Math.floor(source.height / factor));
  const flat = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        flat.data[target + channel] = meanOnWhite(source, x * factor, y * factor, factor, channel);
      }
      flat.data[target + 3] = 255;
    }
  }
  return flat;
}

function meanOnWhite(source: PNG, left: number, top: number, factor: number, channel: number): number {
  const right = Math.min(left + factor, source.width);
  const bottom = Math.min(top + factor, source.height);
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = (y * source.width + x) * 4;
      const alpha = source.data[at + 3]! / 255;
      sum += source.data[at + channel]! * alpha + 255 * (1 - alpha);
    }
  }
  return Math.round(sum / ((right - left) * (bottom - top)));
}

function jpeg(bytes: Buffer): RasterImage {
  const size = jpegSize(bytes);
  if (!size) throw new DomainError('invalid', 'image_unreadable', 'An image is a PNG or a JPEG.');
  if (size.width * size.height > MAX_PIXELS) {
    throw new DomainError('invalid', 'image_too_large', 'An image has at most 20 megapixels.');
  }
  return { data: bytes, ...size };
}

/** Width and height stand in the "start of frame" segment (ITU-T T.81, B.2.2). */
function jpegSize(bytes: Buffer): { width: number; height: number } | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
