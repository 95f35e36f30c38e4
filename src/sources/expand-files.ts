/** Turns paths, glob patterns and `-` into the files of a run, in an order that does not depend on how they were given. */

import type { Stats } from 'node:fs';
import { glob, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { foundText, foundTexts, nearNames } from '../cases/index.ts';
import { DataError, type Problem } from '../errors.ts';
import { type ByteSource, explainReadFailure, fileSource, stdinSource } from './byte-source.ts';

/** The files of a run, and what a reader should know about them. */
export interface ExpandedFiles {
  readonly sources: readonly ByteSource[];
  /** Folders that stand for the files in them, by the label of the file; only some readers take a folder. */
  readonly folders: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** Files of a folder that may be results of another tool. */
const FOLDER_FILES = /\.(?:json|jsonl|ndjson|eval|ya?ml)(?:\.gz|\.zst)?$/i;

/** Files of a folder of logs, which may be rows of any format. */
const ROW_FILES = /\.(?:(?:json|jsonl|ndjson|csv|tsv)(?:\.gz|\.zst)?|parquet)$/i;

/**
 * Finds the files. A path that exists is taken as it is, even with `*` or `[` in its name; other texts with such
 * characters are glob patterns. Files are ordered by the UTF-8 bytes of their path relative to `cwd`, and each is read once.
 *
 * @param stdin what `-` stands for
 * @param ofRows folders stand for files of rows as well
 * @throws DataError that names every missing file, directory, empty file and pattern without files
 */
export async function expandFiles(
  files: readonly string[],
  cwd: string,
  stdin: AsyncIterable<Uint8Array> | undefined,
  ofRows = false,
): Promise<ExpandedFiles> {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const found = new Map<string, ByteSource>();
  const folders = new Map<string, string>();
  for (const file of files) {
    const sources =
      file === '-' ? await openStdin(stdin, problems) : await findFiles(file, cwd, problems, folders, ofRows);
    for (const source of sources) {
      if (found.has(source.label)) notes.push(`${source.label} was named more than once and is read once`);
      else found.set(source.label, source);
      if (source.size === 0) problems.push(emptyFile(source.label));
    }
  }
  if (files.length === 0) problems.push({ message: 'no file is named, expected at least one' });
  if (problems.length > 0) throw new DataError(problems);
  const sources = [...found.values()].toSorted((a, b) =>
    Buffer.compare(Buffer.from(a.label), Buffer.from(b.label)),
  );
  return { sources, folders, notes };
}

async function openStdin(
  stdin: AsyncIterable<Uint8Array> | undefined,
  problems: Problem[],
): Promise<readonly ByteSource[]> {
  if (stdin !== undefined) return [await stdinSource(stdin)];
  problems.push({
    message: '"-" stands for standard input, which is not available here',
    hint: 'name a file',
  });
  return [];
}

async function findFiles(
  file: string,
  cwd: string,
  problems: Problem[],
  folders: Map<string, string>,
  ofRows: boolean,
): Promise<readonly ByteSource[]> {
  const path = resolve(cwd, file);
  const label = spell(path, cwd);
  try {
    const stats = await stat(path);
    if (stats.isFile()) return [fileSource(path, label, stats)];
    const inside = stats.isDirectory() ? await filesInside(path, cwd, ofRows) : [];
    for (const source of inside) folders.set(source.label, label);
    if (inside.length === 0) problems.push(stats.isDirectory() ? folderProblem(label) : noFile(label));
    return inside;
  } catch (error) {
    if (error instanceof DataError) {
      problems.push(...error.problems);
      return [];
    }
    const failure = error as NodeJS.ErrnoException;
    const isMissing = failure.code === 'ENOENT' || failure.code === 'ENOTDIR';
    if (isMissing && /[*?[\]{}]/.test(file)) return findMatches(file, cwd, problems);
    const near = isMissing ? await neighbours(path) : [];
    problems.push({
      ...explainReadFailure(failure, label, 'none'),
      ...(near.length > 0 ? { hint: `did you mean ${foundTexts(near, 3)}?` } : {}),
    });
    return [];
  }
}

async function findMatches(
  pattern: string,
  cwd: string,
  problems: Problem[],
): Promise<readonly ByteSource[]> {
  const sources: ByteSource[] = [];
  const before = problems.length;
  for await (const match of glob(pattern, { cwd })) {
    const path = resolve(cwd, match);
    const label = spell(path, cwd);
    try {
      const stats = await stat(path);
      if (stats.isFile()) sources.push(fileSource(path, label, stats));
    } catch (error) {
      problems.push(explainReadFailure(error as NodeJS.ErrnoException, label, 'none'));
    }
  }
  if (sources.length === 0 && problems.length === before) {
    problems.push({
      message: `no file matches the pattern ${foundText(pattern)}`,
      hint: 'check the pattern and the folder in which the command runs',
    });
  }
  return sources;
}

/** Files of a folder and those below it; hidden ones and empty ones are left out. */
async function filesInside(folder: string, cwd: string, ofRows: boolean): Promise<readonly ByteSource[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(
      (entry) =>
        (entry.isFile() || entry.isSymbolicLink()) &&
        (FOLDER_FILES.test(entry.name) || (ofRows && ROW_FILES.test(entry.name))),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(?:^|[\\/])\./.test(relative(folder, path)));
  const sources = await Promise.all(
    paths.map(async (path) => {
      const stats = await statOfEntry(path, spell(path, cwd));
      return stats.isFile() ? [fileSource(path, spell(path, cwd), stats)] : [];
    }),
  );
  return sources.flat().filter(({ size }) => size > 0);
}

/** What an entry of a folder is; a link may lead nowhere, and what cannot be read is not left out silently. */
async function statOfEntry(path: string, label: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    throw new DataError(explainReadFailure(error as NodeJS.ErrnoException, label, 'none'), { cause: error });
  }
}

/** The path relative to `cwd`, with forward slashes. */
function spell(path: string, cwd: string): string {
  return relative(cwd, path).split(sep).join('/') || '.';
}

async function neighbours(path: string): Promise<readonly string[]> {
  try {
    const names = await readdir(dirname(path));
    // A link that leads nowhere has this very name.
    return nearNames(
      basename(path),
      names.filter((name) => name !== basename(path)),
    );
  } catch {
    return [];
  }
}

/** What is wrong with a folder in the place of a file. */
export function folderProblem(label: string): Problem {
  return {
    message: 'found a directory, expected a file',
    hint: `name its files, for example with the pattern ${label}/*.jsonl`,
    where: { file: label },
  };
}

/** A pipe has no size and is gone once it is read, and files are read twice: for their columns, then for their rows. */
function noFile(label: string): Problem {
  return {
    message: 'found a pipe or a device, expected a file',
    hint: 'write it to a file, or send it to standard input and name it -',
    where: { file: label },
  };
}

function emptyFile(label: string): Problem {
  return {
    message: 'the file is empty, expected rows',
    hint: 'check the program that wrote it',
    where: { file: label },
  };
}
