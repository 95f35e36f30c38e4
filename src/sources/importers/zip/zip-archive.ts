/** Opens ZIP archives, member by member, and never writes one to disk: names that point elsewhere do no harm. */

import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  type Options,
  type ZipFile,
} from 'yauzl';
import { foundText } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { type ByteSource, explainReadFailure, readable } from '../../byte-source.ts';
import { type ByteRange, DirectoryReader, fileRange, memoryRange } from './byte-range.ts';
import { decodeMember, memberParts } from './zip-member.ts';

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
  read(name: string): Buffer;
  /**
   * The member piece by piece; checked like `read` once it was read to its end.
   *
   * @throws DataError (while iterating) naming archive and member
   */
  stream(name: string): AsyncGenerator<Uint8Array>;
  close(): void;
}

/** Larger members are refused: one member is in memory at a time, and a text has at most 2^29 characters. */
export const LARGEST_MEMBER_BYTES = 2 ** 29 - 2 ** 16;

/** An archive that claims to unpack to more than this multiple of its size is refused once it is above `SUSPECT_BYTES`. */
const MOST_EXPANSION = 1_000;
const SUSPECT_BYTES = 2 ** 28;
const MOST_MEMBERS = 2_000_000;

/** Every member starts with a header of this length, a signature, and the lengths of its name and of more fields. */
const LOCAL_HEADER_BYTES = 30;
/** Bytes of a streamed member that are read at once. */
const PART_BYTES = 1 << 18;
const LOCAL_SIGNATURE = 0x04034b50;

const OPTIONS: Options = { lazyEntries: true, autoClose: false, decodeStrings: false };

/**
 * Opens an archive: from disk where it has a path, else from memory.
 *
 * @throws DataError where it is cut off, encrypted or too large when unpacked
 */
export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const { label } = source;
  const bytes = await bytesOf(source);
  try {
    const file = await fromRandomAccessReaderPromise(new DirectoryReader(bytes), bytes.size, OPTIONS);
    return archive(label, bytes, await directory(file, label));
  } catch (error) {
    bytes.close();
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

async function bytesOf(source: ByteSource): Promise<ByteRange> {
  const { path, label } = source;
  if (path === null) {
    const parts: Uint8Array[] = [];
    for await (const part of readable(source, 'none')) parts.push(part);
    return memoryRange(Buffer.concat(parts));
  }
  try {
    return fileRange(path);
  } catch (error) {
    const why = explainReadFailure(error as NodeJS.ErrnoException, label, 'none');
    throw new DataError(why, { cause: error });
  }
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

function archive(label: string, bytes: ByteRange, { entries, replaced }: Directory): ZipArchive {
  const broken = (name: string, error: unknown): DataError =>
    new DataError(
      {
        message: `the member ${foundText(name)} of the archive cannot be read: ${(error as Error).message}`,
        hint: 'the archive may be damaged; make or copy it again',
        where: { file: label },
      },
      { cause: error },
    );
  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error('there is no such member');
    return entry;
  };
  return {
    label,
    replaced,
    members: [...entries].map(([name, { uncompressedSize, compressedSize }]) => ({
      name,
      size: uncompressedSize,
      compressedSize,
    })),
    has: (name) => entries.has(name),
    read(name) {
      try {
        const entry = entryOf(name);
        const { start, length } = storedPlace(bytes, entry);
        return decodeMember(bytes.read(start, length), entry);
      } catch (error) {
        throw broken(name, error);
      }
    },
    async *stream(name) {
      try {
        const entry = entryOf(name);
        yield* memberParts(storedParts(bytes, storedPlace(bytes, entry)), entry);
      } catch (error) {
        throw broken(name, error);
      }
    },
    close: () => bytes.close(),
  };
}

/** Where the bytes of a member stand. */
interface StoredPlace {
  readonly start: number;
  readonly length: number;
}

/** The place of a member as it is stored; its own header may be longer than the directory's. */
function storedPlace(
  bytes: ByteRange,
  { relativeOffsetOfLocalHeader: start, compressedSize }: Entry,
): StoredPlace {
  const header = bytes.read(start, LOCAL_HEADER_BYTES);
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw new Error('it does not start where the directory says');
  const more = header.readUInt16LE(26) + header.readUInt16LE(28);
  return { start: start + LOCAL_HEADER_BYTES + more, length: compressedSize };
}

async function* storedParts(bytes: ByteRange, { start, length }: StoredPlace): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += PART_BYTES) {
    yield bytes.read(start + done, Math.min(PART_BYTES, length - done));
  }
}
