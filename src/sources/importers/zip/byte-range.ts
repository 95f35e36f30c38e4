/** Bytes at any place of a file or of memory, read at once: thousands of small members make waiting dearer than reading. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { RandomAccessReader } from 'yauzl';

/** Bytes by position. */
export interface ByteRange {
  readonly size: number;
  /** @throws Error where the bytes end before */
  read(position: number, length: number): Buffer;
  close(): void;
}

/** A file on disk. */
export function fileRange(path: string): ByteRange {
  const descriptor = openSync(path, 'r');
  const { size } = fstatSync(descriptor);
  return {
    size,
    read(position, length) {
      if (position + length > size) throw endsBefore();
      const bytes = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
        if (count === 0) throw endsBefore();
        filled += count;
      }
      return bytes;
    },
    close: () => closeSync(descriptor),
  };
}

/** Bytes in memory. */
export function memoryRange(bytes: Buffer): ByteRange {
  return {
    size: bytes.length,
    read(position, length) {
      if (position + length > bytes.length) throw endsBefore();
      return bytes.subarray(position, position + length);
    },
    close() {},
  };
}

function endsBefore(): Error {
  return new Error('the file ends before');
}

/** The same for yauzl, which reads the archive's directory through it. */
export class DirectoryReader extends RandomAccessReader {
  private readonly bytes: ByteRange;

  constructor(bytes: ByteRange) {
    super();
    this.bytes = bytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, count?: number) => void,
  ): void {
    try {
      this.bytes.read(position, length).copy(buffer, offset);
    } catch (error) {
      callback(error as Error);
      return;
    }
    callback(null, length);
  }
}
