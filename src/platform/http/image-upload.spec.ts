import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import type { DomainError } from '../../kernel/domain-error.js';
import { MAX_IMAGE_BYTES, readImage } from './image-upload.js';

const png = (width: number, height: number) => PNG.sync.write(new PNG({ width, height }));
/** Start, JFIF header, frame of 2 × 2 pixels, scan, four bytes of it, end. */
const jpeg = Buffer.from(
  'ffd8' +
    'ffe000104a46494600010100000100010000' +
    'ffc0000b080002000201011100' +
    'ffda0008010100003f00' +
    '01020304' +
    'ffd9',
  'hex',
);

function refusal(body: unknown): string {
  try {
    readImage(body, 'signature');
    return 'taken';
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('an uploaded image', () => {
  it('is known by its bytes', () => {
    expect(readImage(png(3, 2), 'logo').mediaType).toBe('image/png');
    expect(readImage(jpeg, 'logo').mediaType).toBe('image/jpeg');
    expect(refusal(Buffer.concat([jpeg, Buffer.from('a camera’s trailer')]))).toBe('taken');
  });

  it.each([
    ['text', Buffer.from('not a picture')],
    ['nothing', Buffer.alloc(0)],
    ['parsed JSON', { surprise: true }],
    ['a PNG without its pixels', png(90, 90).subarray(0, 50)],
    ['a PNG that was cut off', png(90, 90).subarray(0, -14)],
    ['a JPEG that was cut off', jpeg.subarray(0, -2)],
    ['a cut JPEG whose thumbnail has an end', Buffer.concat([jpeg, jpeg.subarray(2, -2)])],
  ])('that is %s is refused', (_, body) => expect(refusal(body)).toBe('signature_not_an_image'));

  it('with one damaged byte is refused', () => {
    const damaged = Buffer.from(png(20, 20));
    const at = damaged.indexOf('IDAT') + 8;
    damaged[at] = damaged[at]! ^ 0xff;
    expect(refusal(damaged)).toBe('signature_not_an_image');
  });

  it('has at most 512 KiB and 4000 pixels a side', () => {
    expect(refusal(Buffer.concat([png(2, 2), Buffer.alloc(MAX_IMAGE_BYTES)]))).toBe('file_too_large');
    expect(refusal(png(4001, 1))).toBe('signature_dimensions');
    expect(refusal(png(4000, 1))).toBe('taken');
  });
});
