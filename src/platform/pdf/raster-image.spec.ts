import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { rasterImage } from './raster-image.js';

type Rgba = [number, number, number, number];

function png(width: number, height: number, pixel: (x: number, y: number) => Rgba): Buffer {
  const image = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    const rgba = pixel(i % width, Math.floor(i / width));
    for (let channel = 0; channel < 4; channel++) image.data[i * 4 + channel] = rgba[channel]!;
  }
  return PNG.sync.write(image);
}

const pixelsOf = (bytes: Buffer) => PNG.sync.read(bytes).data;
/** Colour type, byte 25 of the header: 2 is RGB without alpha. */
const colorType = (bytes: Buffer) => bytes[25];

describe('an image made ready for a document', () => {
  it('lays transparency on white paper and keeps no alpha channel', () => {
    const { data } = rasterImage(png(2, 1, (x) => (x === 0 ? [0, 0, 0, 0] : [200, 0, 0, 128])));
    expect(colorType(data)).toBe(2);
    expect([...pixelsOf(data)]).toEqual([255, 255, 255, 255, 227, 127, 127, 255]);
  });

  it('makes a large scan smaller, by means of its pixels', () => {
    const image = rasterImage(png(2100, 30, (x) => [x % 3 === 0 ? 0 : 255, 255, 255, 255]));
    expect([image.width, image.height]).toEqual([700, 10]);
    expect(pixelsOf(image.data)[0]).toBe(170);
  });

  it('is prepared once for the same bytes', () => {
    const bytes = png(4, 4, () => [1, 2, 3, 255]);
    expect(rasterImage(Buffer.from(bytes))).toBe(rasterImage(bytes));
  });

  it('reads the size of a JPEG and leaves its bytes alone', () => {
    const frame = [0xff, 0xc0, 0, 11, 8, 0, 40, 0, 120, 1, 1, 0x11, 0];
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, ...frame, 0xff, 0xd9]);
    expect(rasterImage(bytes)).toEqual({ data: bytes, width: 120, height: 40 });
  });

  it('refuses what is no image, a broken one, and one that would fill the memory', () => {
    expect(() => rasterImage(Buffer.from('<svg/>'))).toThrow('a PNG or a JPEG');
    expect(() => rasterImage(Buffer.from([0xff, 0xd8, 0xff]))).toThrow('a PNG or a JPEG');
    const whole = png(4, 4, () => [1, 2, 3, 255]);
    expect(() => rasterImage(whole.subarray(0, 45))).toThrow('cannot be read');
    const bomb = Buffer.from(whole);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(() => rasterImage(bomb)).toThrow('20 megapixels');
  });
});
