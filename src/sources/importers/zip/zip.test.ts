import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../errors.ts';
import { type ByteSource, fileSource } from '../../byte-source.ts';
import { openZip } from './index.ts';
import { type TestMember, zipOf } from './test-zip.ts';

const LONG = 'eine lange Zeile é '.repeat(2000);
const METHODS = ['stored', 'deflate', 'zstd', 'zstd-frames'] as const;

function memory(bytes: Buffer): ByteSource {
  return {
    label: 'a.eval',
    path: null,
    size: bytes.length,
    async *open() {
      yield bytes.subarray(0, 10);
      yield bytes.subarray(10);
    },
  };
}

function onDisk(bytes: Buffer): ByteSource {
  const path = join(mkdtempSync(join(tmpdir(), 'zip-')), 'a.eval');
  writeFileSync(path, bytes);
  return fileSource(path, 'a.eval', statSync(path));
}

/** The message of what is thrown when the archive is opened and all its members are read. */
async function failure(source: ByteSource): Promise<string> {
  try {
    const zip = await openZip(source);
    try {
      for (const member of zip.members) zip.read(member.name);
    } finally {
      zip.close();
    }
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return (error as DataError).message;
  }
  return 'nothing';
}

describe('ZIP archives', () => {
  for (const method of METHODS) {
    for (const [where, source] of [
      ['memory', memory],
      ['a file', onDisk],
    ] as const) {
      it(`are read from ${where} with members written as ${method}`, async () => {
        const zip = await openZip(
          source(
            zipOf([
              { name: 'folder/', content: '', method: 'stored' },
              { name: 'folder/ä.json', content: LONG, method },
              { name: 'empty', content: '', method: 'stored' },
            ]),
          ),
        );
        expect(zip.members.map(({ name, size }) => [name, size])).toEqual([
          ['folder/ä.json', Buffer.byteLength(LONG)],
          ['empty', 0],
        ]);
        expect(zip.read('folder/ä.json').toString()).toBe(LONG);
        expect(zip.read('empty').length).toBe(0);
        expect([zip.has('empty'), zip.has('folder/')]).toEqual([true, false]);
        zip.close();
      });
    }
  }

  it('may name members outside of the archive, because nothing is written', async () => {
    const zip = await openZip(memory(zipOf([{ name: '../../etc/passwd', content: 'x' }])));
    expect(zip.read('../../etc/passwd').toString()).toBe('x');
  });

  it('give the last member of a name, and say which were replaced', async () => {
    const zip = await openZip(
      memory(
        zipOf([
          { name: 'a', content: 'old' },
          { name: 'b', content: 'b' },
          { name: 'a', content: 'new' },
        ]),
      ),
    );
    expect([zip.members.map(({ name }) => name), zip.replaced]).toEqual([['b', 'a'], ['a']]);
    expect(zip.read('a').toString()).toBe('new');
  });

  const member = (about: Partial<TestMember>): Buffer =>
    zipOf([
      { name: 'good', content: 'x' },
      { name: 'bad', content: LONG, ...about },
    ]);

  it.each<[string, Buffer, string]>([
    ['a wrong checksum', member({ crc: 1 }), 'member "bad" of the archive cannot be read: its checksum'],
    ['a size that is too small', member({ size: 5 }), 'unpacks to more bytes than the directory says'],
    ['a zstd size that is too small', member({ size: 5, method: 'zstd' }), 'more bytes than the directory'],
    ['a size that is too large', member({ size: 90_000 }), 'has 40000 bytes, the directory says 90000'],
    ['a stored size that differs', member({ size: 5, method: 'stored' }), 'size mismatch'],
    ['an unknown method', member({ method: 9 }), 'compressed with method 9, expected 0'],
    ['an encrypted member', member({ flags: 1 }), 'member "bad" is encrypted'],
    ['a huge member', member({ size: 2 ** 31 }), 'unpacks to 2147483648 bytes, more than'],
    [
      'a bomb',
      zipOf([1, 2, 3].map((at) => ({ name: `${at}`, content: 'x', size: 2 ** 28 }))),
      'more than 1000 times its size',
    ],
    ['no archive at all', Buffer.from('PK\x03\x04 and then nothing'), 'damaged or cut off'],
    ['nothing', Buffer.alloc(0), 'damaged or cut off'],
  ])('with %s are refused, naming archive and member', async (_name, bytes, message) => {
    const found = await failure(memory(bytes));
    expect(found).toContain(message);
    expect(found).toContain('(a.eval)');
    expect(await failure(onDisk(bytes))).toBe(found);
  });

  for (const method of ['deflate', 'zstd', 'zstd-frames'] as const) {
    it(`that are cut off or damaged anywhere are refused (${method})`, async () => {
      const bytes = zipOf([{ name: 'm', content: LONG, method }]);
      for (let cut = 0; cut < bytes.length; cut += 7) {
        expect(await failure(memory(bytes.subarray(0, cut)))).toContain('(a.eval)');
      }
      for (let at = 35; at < bytes.length - 80; at += 11) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= 0xff;
        expect(await failure(memory(damaged))).toContain('(a.eval)');
      }
    });
  }

  it('say so where a member does not exist', async () => {
    const zip = await openZip(memory(zipOf([])));
    expect(() => zip.read('x')).toThrow('the member "x" of the archive cannot be read: there is no');
  });
});
