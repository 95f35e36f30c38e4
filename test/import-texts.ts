/** Imports texts in memory, for tests of importers. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createProblemLog } from '../src/cases/index.ts';
import { DataError } from '../src/errors.ts';
import { createNotebook } from '../src/sources/importers/create-notebook.ts';
import type { ImportedResult } from '../src/sources/importers/imported-result.ts';
import type { Importer, ImportFile } from '../src/sources/importers/importer.ts';
import type { ImportSummary } from '../src/sources/importers/notebook.ts';

/** What an import gave. */
export interface Imported {
  readonly results: readonly ImportedResult[];
  readonly summary: ImportSummary;
  /** `message (file:line)` of every problem, in the order in which they are listed. */
  readonly problems: readonly string[];
}

/** A whole text as a file of that name; `head` is its first 256 Ki characters. */
export function textFile(label: string, text: string): ImportFile {
  const bytes = Buffer.from(text);
  return {
    source: {
      label,
      path: null,
      size: bytes.length,
      async *open() {
        yield bytes;
      },
    },
    compression: 'none',
    kind: 'text',
    head: text.slice(0, 1 << 18),
    isWhole: text.length <= 1 << 18,
  };
}

/** A file of the disk as a text file. */
export function diskFile(path: string): ImportFile {
  return textFile(basename(path), readFileSync(path, 'utf8'));
}

/** Imports files with one importer; texts are files that are named by their keys. */
export async function importTexts(
  importer: Importer,
  files: Readonly<Record<string, string>> | readonly ImportFile[],
  score: string | null = null,
): Promise<Imported> {
  const log = createProblemLog();
  const notebook = createNotebook();
  const results: ImportedResult[] = [];
  const all = Array.isArray(files)
    ? (files as readonly ImportFile[])
    : Object.entries(files).map(([label, text]) => textFile(label, text));
  for await (const result of importer.read(all, { log, notebook, score })) {
    notebook.count(result);
    results.push(result);
  }
  return { results, summary: notebook.summary(), problems: problemsOf(() => log.throwIfAny()) };
}

function problemsOf(run: () => void): readonly string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.problems.map(({ message, where }) => `${message} (${where?.file}:${where?.line})`);
  }
}
