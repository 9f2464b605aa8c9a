import { imageSize } from 'image-size';
import { DomainError } from '../../kernel/domain-error.js';
import { rasterImage } from '../pdf/raster-image.js';

export const MAX_IMAGE_BYTES = 512 * 1024;
const MAX_SIDE_PX = 4_000;
const MAGIC = {
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
} as const;

export interface UploadedImage {
  bytes: Buffer;
  mediaType: keyof typeof MAGIC;
}

const JPEG_SCAN = Buffer.from([0xff, 0xda]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

/**
 * The bytes decide what a file is, not its header; and all of them: a damaged signature taken in here would
 * keep every later receipt from being drawn.
 * @throws DomainError `file_too_large`, `<what>_not_an_image`, `<what>_dimensions`
 */
export function readImage(body: unknown, what: string): UploadedImage {
  const refuse = (code: string, detail: string) => new DomainError('invalid', code, detail);
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw refuse(
      `${what}_not_an_image`,
      'Send the bytes of a PNG or JPEG as the body, with Content-Type image/png or image/jpeg.',
    );
  }
  if (body.length > MAX_IMAGE_BYTES)
    throw new DomainError('too_large', 'file_too_large', `An image has at most ${MAX_IMAGE_BYTES} bytes.`);
  const mediaType = (Object.keys(MAGIC) as Array<keyof typeof MAGIC>).find(
    (type) => body.subarray(0, 8).indexOf(MAGIC[type]) === 0,
  );
  if (!mediaType) throw refuse(`${what}_not_an_image`, 'This is neither a PNG nor a JPEG.');
  const { width, height } = dimensions(body, what);
  if (width < 1 || height < 1 || width > MAX_SIDE_PX || height > MAX_SIDE_PX) {
    throw refuse(`${what}_dimensions`, `An image has sides of 1 to ${MAX_SIDE_PX} pixels.`);
  }
  if (!isWhole(body, mediaType)) throw refuse(`${what}_not_an_image`, 'This image is damaged or cut off.');
  return { bytes: body, mediaType };
}

function dimensions(bytes: Buffer, what: string): { width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch (error) {
    throw new DomainError('invalid', `${what}_not_an_image`, 'This image is damaged.', { cause: error });
  }
}

/** Reads it as a receipt will. Of a JPEG only the frame is read there: its end tells that nothing is missing. */
function isWhole(bytes: Buffer, mediaType: UploadedImage['mediaType']): boolean {
  if (mediaType === 'image/jpeg' && bytes.lastIndexOf(JPEG_END) <= bytes.lastIndexOf(JPEG_SCAN)) return false;
  try {
    rasterImage(bytes);
    return true;
  } catch {
    return false;
  }
}
