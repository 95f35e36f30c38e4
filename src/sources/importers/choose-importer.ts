/** Finds the importer for some files: the one that recognises them, or the one that the user named. */

import { foundTexts } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import type { Importer, ImporterName, ImportFile } from './importer.ts';
import { importerOf, possibleImporters } from './registry.ts';

/** An importer and the files that it is to read. */
export interface ImportChoice {
  readonly importer: Importer;
  readonly files: readonly ImportFile[];
  /** Labels of files in a folder that are not the tool's and are left out. */
  readonly leftOut: readonly string[];
}

interface Recognised {
  readonly file: ImportFile;
  readonly importers: readonly Importer[];
}

/**
 * The importer that reads the files; null where none knows any of them.
 *
 * @param from the name that the user gave; then nothing is looked at
 * @param inFolder labels of files that only stand in a folder that was named
 * @throws DataError where files are of different tools, one may be of several, or a named file is of none
 */
export async function chooseImporter(
  files: readonly ImportFile[],
  from: ImporterName | null,
  inFolder: ReadonlySet<string>,
): Promise<ImportChoice | null> {
  if (from !== null) return { importer: await importerOf(from), files, leftOut: [] };
  const recognised: Recognised[] = [];
  for (const file of files) recognised.push({ file, importers: await importersOf(file) });
  const known = recognised.filter(({ importers }) => importers.length > 0);
  if (known.length === 0) return null;
  const importer = commonImporter(known);
  const others = recognised
    .filter(({ importers }) => importers.length === 0)
    .map(({ file }) => labelOf(file));
  const strange = others.filter((label) => !inFolder.has(label));
  if (strange.length > 0) {
    throw new DataError({
      message: `${labelOf(known[0]!.file)} is a file of ${importer.label}, and ${foundTexts(strange, 5)} ${strange.length === 1 ? 'is' : 'are'} not; the files of one run must be of one tool`,
      hint: `name the files of ${importer.label} alone, or say --from ${importer.name} if all of them are`,
    });
  }
  return { importer, files: known.map(({ file }) => file), leftOut: others };
}

/** The importer that recognises all of the files. */
function commonImporter(known: readonly Recognised[]): Importer {
  const [first, ...rest] = known;
  const common = first!.importers.filter((one) =>
    rest.every(({ importers }) => importers.some(({ name }) => name === one.name)),
  );
  if (common.length === 1) return common[0]!;
  if (common.length > 1) {
    throw new DataError({
      message: `the file may be of ${listed(common)}`,
      hint: `say which with --from ${common[0]!.name}`,
      where: { file: labelOf(first!.file) },
    });
  }
  const found = known.slice(0, 5).map(({ file, importers }) => `${labelOf(file)} (${listed(importers)})`);
  throw new DataError({
    message: `the files are of different tools: ${found.join(', ')}${known.length > 5 ? ', ...' : ''}`,
    hint: 'name the files of one tool',
  });
}

async function importersOf(file: ImportFile): Promise<readonly Importer[]> {
  const found: Importer[] = [];
  for (const entry of possibleImporters(file)) {
    const importer = await entry.load();
    if (await importer.recognises(file)) found.push(importer);
  }
  return found;
}

function listed(importers: readonly Importer[]): string {
  return importers.map(({ label }) => label).join(' or ');
}

function labelOf({ source }: ImportFile): string {
  return source.label;
}
