/** Writes texts as salted hashes, so that their owner need not hand them over. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError, EngineError } from '../../errors.ts';
import { hashedLine, openStore, type Ports, saltedHashes } from '../../stages/index.ts';
import type { GramKind } from '../../text/index.ts';
import type { SideRequest } from './overlap-request.ts';

/** What is written, and where. */
export interface HashRequest {
  readonly side: SideRequest;
  readonly grams: GramKind;
  readonly salt: string;
  /** Absolute. */
  readonly path: string;
  readonly ports: Ports;
  readonly onInputs: (files: readonly string[]) => Promise<void>;
}

/**
 * Writes one line per row, whole or not at all.
 *
 * @returns rows, and those without a text
 * @throws DataError where there is no column of texts, and with every problem of the files
 */
export async function writeHashes({
  side,
  grams,
  salt,
  path,
  ports,
  onInputs,
}: HashRequest): Promise<{ readonly rows: number; readonly withoutText: number }> {
  const { cwd, stdin } = ports;
  const opened = await openStore({
    store: 'train',
    ...side,
    cwd,
    ...(stdin === undefined ? {} : { stdin }),
  });
  if (opened.input === null || opened.isHashed) {
    throw new DataError({
      message: opened.isHashed
        ? 'the file holds hashes already'
        : `no column of texts is found; the columns are ${opened.columns.join(', ')}`,
      hint: 'name the column of texts with --train-map input=COLUMN',
      where: { file: opened.files[0]! },
    });
  }
  await onInputs(opened.files);
  const hashes = saltedHashes(grams, salt);
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  const stream = createWriteStream(temporary, { flags: 'wx' });
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  let rows = 0;
  let withoutText = 0;
  try {
    for await (const row of opened.rows()) {
      rows++;
      if (row.content === null) withoutText++;
      if (!stream.write(hashedLine(row, grams, salt, hashes))) {
        await Promise.race([once(stream, 'drain'), failed]);
      }
    }
    stream.end();
    await Promise.race([once(stream, 'close'), failed]);
    await rename(temporary, path);
    return { rows, withoutText };
  } catch (error) {
    stream.destroy();
    await rm(temporary, { force: true });
    if (!(error instanceof Error) || !('code' in error) || 'problems' in error) throw error;
    throw new EngineError(
      { message: `${path} could not be written (${String(error.code)})` },
      { cause: error },
    );
  }
}
