/** Reads the frames of W&B's transaction log (`run-ID.wandb`): records in blocks of 32 KiB, each part with a checksum. */

import { crc32 } from 'node:zlib';

/** The records of a log, and why it ends where it does. */
export interface TransactionLog {
  readonly records: readonly Uint8Array[];
  /** What is wrong with the rest; null where the log was read to its end. */
  readonly damage: string | null;
}

const HEADER = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];
const BLOCK = 32_768;
const PART_HEADER = 7;
const FULL = 1;
/** 3 is a middle part. */
const FIRST = 2;
const LAST = 4;

/** Whether bytes begin like such a log. */
export function isTransactionLog(head: Uint8Array): boolean {
  return HEADER.every((byte, at) => head[at] === byte);
}

/**
 * The records up to the first damage: a run that was killed leaves a log that breaks off, and what stands before is good.
 *
 * @param bytes the whole file
 * @source W&B's datastore: the log format of LevelDB with plain CRC-32 and a header of 7 bytes
 */
export function readTransactionLog(bytes: Uint8Array): TransactionLog {
  const records: Uint8Array[] = [];
  const parts: Uint8Array[] = [];
  let at = HEADER.length;
  while (at < bytes.length) {
    const left = BLOCK - (at % BLOCK);
    if (left < PART_HEADER) {
      at += left;
      continue;
    }
    const part = partAt(bytes, at, left);
    if (part === 'padding') break;
    if (typeof part === 'string') return { records, damage: part };
    const begins = part.kind === FULL || part.kind === FIRST;
    if (begins !== (parts.length === 0))
      return { records, damage: `the record before byte ${at} is not complete` };
    parts.push(part.bytes);
    if (part.kind === FULL || part.kind === LAST) records.push(Buffer.concat(parts.splice(0)));
    at += PART_HEADER + part.bytes.length;
  }
  return { records, damage: parts.length > 0 ? 'the last record is not complete' : null };
}

/** A part of a record, or what is wrong with it. */
function partAt(
  bytes: Uint8Array,
  at: number,
  left: number,
): { readonly kind: number; readonly bytes: Uint8Array } | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length - at < PART_HEADER) return `it breaks off at byte ${at}`;
  const length = view.getUint16(at + 4, true);
  const kind = bytes[at + 6]!;
  const from = at + PART_HEADER;
  if (kind === 0 && length === 0) return 'padding';
  if (kind < FULL || kind > LAST || length > left - PART_HEADER) return `byte ${at} begins no record`;
  if (from + length > bytes.length) return `it breaks off at byte ${bytes.length}`;
  if (view.getUint32(at, true) !== crc32(bytes.subarray(at + 6, from + length)))
    return `the checksum of the record at byte ${at} is wrong`;
  return { kind, bytes: bytes.subarray(from, from + length) };
}
