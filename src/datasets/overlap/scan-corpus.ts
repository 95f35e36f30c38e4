/** Scans a corpus for long runs of words of the cases: rows of any format, or plain text. */

import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { DataError } from '../../errors.ts';
import {
  type CaseValues,
  type OverlapCase,
  openStore,
  type Ports,
  scoreWithout,
} from '../../stages/index.ts';
import { createContaminationScan } from '../../text/index.ts';
import type { ContaminationReport } from './overlap-report.ts';
import type { OverlapRequest } from './overlap-request.ts';

/** Characters of plain text that are looked at once more at the start of the next block, so that no run is cut. */
const CARRIED = 4096;

interface CorpusText {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/**
 * The cases that share runs of n words with the corpus. The corpus streams; the cases' runs are kept.
 *
 * @throws DataError with every problem of the files
 */
export async function scanCorpus(
  cases: readonly OverlapCase[],
  corpus: NonNullable<OverlapRequest['corpus']>,
  values: CaseValues | null,
  level: number,
  ports: Ports,
): Promise<ContaminationReport> {
  const { n, stopItems, share } = corpus;
  const known = cases.filter(({ text }) => text !== null);
  const scan = createContaminationScan(
    known.map(({ text }) => text!),
    { n, stopItems },
  );
  const places: { readonly file: string; readonly line: number }[] = [];
  const files = new Set<string>();
  let texts = 0;
  for (const { read } of sides(corpus, ports)) {
    for await (const { file, line, text } of read()) {
      files.add(file);
      texts++;
      if (scan.scan(text, places.length)) places.push({ file, line });
    }
  }
  const { items, longItems, stopRuns } = scan.finish();
  const dirty = new Set(
    items.filter(({ hits, positions }) => hits >= share * positions).map(({ item }) => known[item]!.id),
  );
  return {
    files: [...files],
    texts,
    ...{ n, stopItems, stopRuns, share },
    cases: known.length,
    longCases: longItems,
    found: items
      .map(({ item, hits, positions, longest, sources }) => ({
        caseId: known[item]!.id,
        ...{ hits, positions, longest },
        sources: sources.map(({ source, runs }) => ({ ...places[source]!, runs })),
      }))
      .sort((a, b) => b.hits / b.positions - a.hits / a.positions || b.longest - a.longest),
    contaminated: dirty.size,
    candidate: values === null ? null : scoreWithout(values, 'candidate', dirty, level),
  };
}

/** Plain text files each by itself, and all other files together. */
function sides({ files, mapping }: NonNullable<OverlapRequest['corpus']>, ports: Ports) {
  const plain = files.filter((file) => /\.(?:txt|text|md)$/i.test(file));
  const rows = files.filter((file) => !plain.includes(file));
  const readRows = async function* (): AsyncGenerator<CorpusText> {
    const { cwd, stdin } = ports;
    const store = await openStore({
      store: 'train',
      files: rows,
      cwd,
      mapping,
      ...(stdin === undefined ? {} : { stdin }),
    });
    if (store.input === null) {
      throw new DataError({
        message: `the corpus has no column of texts; its columns are ${store.columns.join(', ')}`,
        hint: 'name it with --corpus-map input=COLUMN',
        where: { file: store.files[0]! },
      });
    }
    for await (const { file, line, content } of store.rows()) {
      if (content?.kind === 'text') yield { file, line, text: content.text };
    }
  };
  return [
    ...(rows.length === 0 ? [] : [{ read: readRows }]),
    ...plain.map((file) => ({ read: () => plainText(file, ports.cwd) })),
  ];
}

/** A plain text in blocks with the line on which each starts; bytes that are no UTF-8 read as U+FFFD. */
async function* plainText(file: string, cwd: string): AsyncGenerator<CorpusText> {
  const stream = createReadStream(resolve(cwd, file), { encoding: 'utf8', highWaterMark: 1 << 20 });
  let line = 1;
  let carried = '';
  try {
    for await (const block of stream as AsyncIterable<string>) {
      const text = carried + block;
      yield { file, line, text };
      const kept = text.slice(-CARRIED);
      line += countLines(text) - countLines(kept);
      carried = kept;
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataError(
      { message: `the file cannot be read (${code ?? cause})`, where: { file } },
      { cause },
    );
  }
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
