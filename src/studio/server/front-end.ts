/** The built front end in memory: files by path, so that no path of a request ever reaches the disk. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** One file as it is sent. */
export interface FrontEndFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
  /** The bytes in the first of these encodings that is accepted, packed once; null where packing gains nothing. */
  packed(encoding: Encoding): Promise<Uint8Array<ArrayBuffer> | null>;
}

export type Encoding = 'br' | 'gzip';

/** Files by path, such as `/index.html`. */
export type FrontEnd = ReadonlyMap<string, FrontEndFile>;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const PACKABLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt']);

/** Reads every file of a folder; an empty map where there is none. */
export async function readFrontEnd(folder: string): Promise<FrontEnd> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    names
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = `/${relative(folder, file).split(sep).join('/')}`;
        return [path, fileOf(path, new Uint8Array(await readFile(file)))] as const;
      }),
  );
  return new Map(files);
}

function fileOf(path: string, bytes: Uint8Array<ArrayBuffer>): FrontEndFile {
  const kept = new Map<Encoding, Promise<Uint8Array<ArrayBuffer> | null>>();
  const isPackable = PACKABLE.has(extname(path)) && bytes.length > 512;
  return {
    type: TYPES[extname(path)]!,
    bytes,
    etag: etagOf(bytes),
    isImmutable: path.startsWith('/assets/'),
    packed: (encoding) => {
      if (!isPackable) return Promise.resolve(null);
      const known = kept.get(encoding);
      if (known !== undefined) return known;
      const packing = pack(bytes, encoding);
      kept.set(encoding, packing);
      return packing;
    },
  };
}

/** A tag of exactly these bytes. */
export function etagOf(bytes: Uint8Array | string): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/** Packs quickly rather than tightly: most readers sit at the same machine. */
export async function pack(bytes: Uint8Array | string, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const packed =
    encoding === 'br'
      ? await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await promisify(gzip)(bytes, { level: 4 });
  return new Uint8Array(packed);
}

/** The best encoding that a client accepts; null for none. */
export function acceptedEncoding(header: string | undefined): Encoding | null {
  const accepted = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : null;
}
