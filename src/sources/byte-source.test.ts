import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explainReadFailure } from './byte-source.ts';
import { zstdFrames } from './zstd-frames.ts';

describe('Zstandard data', () => {
  it.each([1, 7, 100, 100_000])('keep every frame when they come in pieces of %i bytes', async (size) => {
    const texts = ['first '.repeat(50_000), '', 'second', 'x'];
    const frames = Buffer.concat(texts.map((text) => zstdCompressSync(text)));
    async function* pieces() {
      for (let at = 0; at < frames.length; at += size) yield frames.subarray(at, at + size);
    }
    const parts: Uint8Array[] = [];
    for await (const part of zstdFrames(pieces())) parts.push(Buffer.from(part));
    expect(Buffer.concat(parts).toString()).toBe(texts.join(''));
  });

  it.each([1, 40])('that are cut off fail when %i bytes are missing', async (missing) => {
    async function* pieces() {
      yield zstdCompressSync('first');
      yield zstdCompressSync(
        Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 7919) % 251)),
      ).subarray(0, -missing);
    }
    const readAll = async (): Promise<void> => {
      for await (const part of zstdFrames(pieces())) expect(part.length).toBeGreaterThan(0);
    };
    await expect(readAll()).rejects.toThrow();
  });
});

describe('the reason why a file cannot be read', () => {
  it.each([
    ['ENOENT', 'the file does not exist'],
    ['EACCES', 'the file may not be read (permission denied)'],
    ['EISDIR', 'found a directory, expected a file'],
    ['EIO', 'the file cannot be read (EIO)'],
  ])('for %s is said in words', (code, message) => {
    expect(explainReadFailure({ code }, 'a.csv', 'none')).toMatchObject({
      message,
      where: { file: 'a.csv' },
    });
  });
});
