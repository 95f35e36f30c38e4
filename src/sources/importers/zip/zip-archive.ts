/** Opens ZIP archives, member by member, and never writes one to disk: names that point elsewhere do no harm. */

import {
  type Entry,
  fromBufferPromise,
  getFileNameLowLevel,
  type Options,
  openPromise,
  type ZipFile,
} from 'yauzl';
import { foundText } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { type ByteSource, readable } from '../../byte-source.ts';
import { decodeMember } from './zip-member.ts';

/** A file inside of an archive. */
export interface ZipMember {
  readonly name: string;
  /** Bytes when decompressed, as the archive states them; held to when it is read. */
  readonly size: number;
  readonly compressedSize: number;
}

/** An open archive. Close it. */
export interface ZipArchive {
  /** What messages call it. */
  readonly label: string;
  /** All files, in the order of the archive's directory; where a name occurs again, only the last one. */
  readonly members: readonly ZipMember[];
  /** Names of members that a later one of the same name replaces, once for each time: so writers take back a member. */
  readonly replaced: readonly string[];
  has(name: string): boolean;
  /**
   * The whole member, checked against its size and its CRC-32.
   *
   * @throws DataError naming archive and member
   */
  read(name: string): Promise<Buffer>;
  close(): void;
}

/** Larger members are refused: one member is in memory at a time, and a text has at most 2^29 characters. */
export const LARGEST_MEMBER_BYTES = 2 ** 29 - 2 ** 16;

/** An archive that claims to unpack to more than this multiple of its size is refused once it is above `SUSPECT_BYTES`. */
const MOST_EXPANSION = 1_000;
const SUSPECT_BYTES = 2 ** 28;
const MOST_MEMBERS = 2_000_000;

const OPTIONS: Options = { lazyEntries: true, autoClose: false, decodeStrings: false };

/**
 * Opens an archive: from disk where it has a path, else from memory.
 *
 * @throws DataError where it is cut off, encrypted or too large when unpacked
 */
export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const { label } = source;
  let file: ZipFile | null = null;
  try {
    file = await openFile(source);
    return archive(label, file, await directory(file, label));
  } catch (error) {
    file?.close();
    if (error instanceof DataError) throw error;
    throw new DataError(
      {
        message: `the ZIP archive is damaged or cut off (${(error as Error).message})`,
        hint: 'make or copy the file again',
        where: { file: label },
      },
      { cause: error },
    );
  }
}

async function openFile(source: ByteSource): Promise<ZipFile> {
  if (source.path !== null) return openPromise(source.path, OPTIONS);
  const parts: Uint8Array[] = [];
  for await (const part of readable(source, 'none')) parts.push(part);
  return fromBufferPromise(Buffer.concat(parts), OPTIONS);
}

/** The directory by name; folders are left out. */
interface Directory {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly replaced: readonly string[];
}

async function directory(file: ZipFile, label: string): Promise<Directory> {
  const refuse = (message: string, hint?: string): DataError =>
    new DataError({ message, ...(hint === undefined ? {} : { hint }), where: { file: label } });
  if (file.entryCount > MOST_MEMBERS) {
    throw refuse(`the archive has ${file.entryCount} members, more than ${MOST_MEMBERS}`);
  }
  const entries = new Map<string, Entry>();
  const replaced: string[] = [];
  let total = 0;
  for await (const entry of file.eachEntry()) {
    const name = nameOf(entry);
    if (name.endsWith('/')) continue;
    if (entry.isEncrypted()) {
      throw refuse(`the member ${foundText(name)} is encrypted`, 'write the archive without a password');
    }
    if (entry.uncompressedSize > LARGEST_MEMBER_BYTES) {
      throw refuse(
        `the member ${foundText(name)} unpacks to ${entry.uncompressedSize} bytes, more than ${LARGEST_MEMBER_BYTES}`,
      );
    }
    total += entry.uncompressedSize;
    if (entries.delete(name)) replaced.push(name);
    entries.set(name, entry);
  }
  if (total > SUSPECT_BYTES && total > MOST_EXPANSION * file.fileSize) {
    throw refuse(
      `the archive of ${file.fileSize} bytes claims to unpack to ${total} bytes, more than ${MOST_EXPANSION} times its size`,
    );
  }
  return { entries, replaced };
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function archive(label: string, file: ZipFile, { entries, replaced }: Directory): ZipArchive {
  return {
    label,
    replaced,
    members: [...entries].map(([name, { uncompressedSize, compressedSize }]) => ({
      name,
      size: uncompressedSize,
      compressedSize,
    })),
    has: (name) => entries.has(name),
    async read(name) {
      const entry = entries.get(name);
      try {
        if (entry === undefined) throw new Error('there is no such member');
        return decodeMember(await storedBytes(file, entry), entry);
      } catch (error) {
        throw new DataError(
          {
            message: `the member ${foundText(name)} of the archive cannot be read: ${(error as Error).message}`,
            hint: 'the archive may be damaged; make or copy it again',
            where: { file: label },
          },
          { cause: error },
        );
      }
    },
    close: () => file.close(),
  };
}

async function storedBytes(file: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await file.openReadStreamPromise(entry, { decodeFileData: false })) {
    parts.push(part as Buffer);
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
