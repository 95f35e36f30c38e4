/** Writes small ZIP archives for tests, with every method that readers must know. */

import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';

/** How a member is written; `bytes` may be wrong on purpose. */
export interface TestMember {
  readonly name: string;
  readonly content: string | Buffer;
  readonly method?: 'stored' | 'deflate' | 'zstd' | 'zstd-frames' | number;
  readonly crc?: number;
  readonly size?: number;
  readonly flags?: number;
}

const METHODS = { stored: 0, deflate: 8, zstd: 93, 'zstd-frames': 93 } as const;

/** The bytes of an archive. */
export function zipOf(members: readonly TestMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name, 'utf8');
    const data = typeof member.content === 'string' ? Buffer.from(member.content, 'utf8') : member.content;
    const packed = packedBytes(data, member.method ?? 'deflate');
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800 | (member.flags ?? 0), 2);
    fields.writeUInt16LE(
      typeof member.method === 'number' ? member.method : METHODS[member.method ?? 'deflate'],
      4,
    );
    fields.writeUInt32LE(member.crc ?? crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(member.size ?? data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, rest, name]));
    parts.push(local);
    offset += local.length;
  }
  const names = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(names.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, names, end]);
}

function packedBytes(data: Buffer, method: NonNullable<TestMember['method']>): Buffer {
  if (method === 'deflate') return deflateRawSync(data);
  if (method === 'zstd') return zstdCompressSync(data);
  if (method === 'zstd-frames') {
    const middle = data.length >> 1;
    return Buffer.concat([
      zstdCompressSync(data.subarray(0, middle)),
      zstdCompressSync(data.subarray(middle)),
    ]);
  }
  return data;
}
