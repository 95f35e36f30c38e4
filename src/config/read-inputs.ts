/** Reads `inputs`, `columns` and `ledger`. */

import type { ColumnMapping } from '../cases/index.ts';
import { DEFAULT_KEEP_RUNS } from './defaults.ts';
import type { Path } from './path.ts';
import { type Reading, report, textsAt } from './reading.ts';
import type { RawConfig, RawRun } from './schema.ts';
import type { ColumnsConfig, Inputs, LedgerConfig, RunInput } from './types.ts';

/** The files of every role; a run may be a path, a list of paths, or a map with `file` or `files` and `run`. */
export function readInputs(reading: Reading, raw: RawConfig['inputs']): Inputs {
  const pathsAt = (value: unknown, path: Path): readonly string[] => {
    if (value === null || value === undefined) return [];
    return Array.isArray(value) ? textsAt(reading, value, path) : [reading.source.text(path)];
  };
  const paths = (key: Exclude<keyof Inputs, 'runs' | 'trainBaseline'>): readonly string[] =>
    pathsAt(raw?.[key], ['inputs', key]);
  const train = raw?.train;
  const bySide = typeof train === 'object' && train !== null && !Array.isArray(train);
  const trainOf = (side: 'baseline' | 'candidate'): readonly string[] =>
    pathsAt((train as Readonly<Record<string, unknown>>)[side], ['inputs', 'train', side]);
  const run = (key: 'baseline' | 'candidate' | 'rerun') =>
    readRun(reading, raw?.runs?.[key], ['inputs', 'runs', key]);
  return {
    runs: { baseline: run('baseline'), candidate: run('candidate'), rerun: run('rerun') },
    train: bySide ? trainOf('candidate') : paths('train'),
    trainBaseline: bySide ? trainOf('baseline') : [],
    fewShot: paths('fewShot'),
    logs: paths('logs'),
    labels: paths('labels'),
    judgeGold: paths('judgeGold'),
    releases: paths('releases'),
    prompts: paths('prompts'),
    lineage: paths('lineage'),
    experiments: paths('experiments'),
  };
}

function readRun(reading: Reading, raw: RawRun | null | undefined, path: Path): RunInput | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw !== 'object') return { files: [reading.source.text(path)], run: null };
  if (Array.isArray(raw)) return { files: textsAt(reading, raw, path), run: null };
  const { file, files, run, from, score } = raw as Exclude<typeof raw, readonly unknown[]>;
  if ((file === undefined) === (files === undefined)) {
    report(
      reading,
      path,
      file === undefined ? 'names no file' : 'has both file and files',
      'write file: PATH or files: [PATH, ...]',
    );
  }
  return {
    files:
      file === undefined
        ? textsAt(reading, files, [...path, 'files'])
        : [reading.source.text([...path, 'file'])],
    run: run === undefined ? null : reading.source.text([...path, 'run']),
    ...(from === undefined ? {} : { from }),
    ...(score === undefined ? {} : { score: reading.source.text([...path, 'score']) }),
  };
}

/** The ledger: its path alone, or with how much it keeps. */
export function readLedger(reading: Reading, raw: RawConfig['ledger']): LedgerConfig | null {
  if (raw === null || raw === undefined) return null;
  if (typeof raw !== 'object') return { path: reading.source.text(['ledger']), keepRuns: DEFAULT_KEEP_RUNS };
  return { path: reading.source.text(['ledger', 'path']), keepRuns: raw.keepRuns ?? DEFAULT_KEEP_RUNS };
}

/** Columns by role, for both runs and for each. */
export function readColumns(reading: Reading, raw: RawConfig['columns']): ColumnsConfig {
  const mapping = (roles: object | null | undefined, path: Path): ColumnMapping =>
    Object.fromEntries(
      Object.keys(roles ?? {})
        .filter((role) => role !== 'baseline' && role !== 'candidate')
        .map((role) => [role, reading.source.text([...path, role])]),
    );
  return {
    both: mapping(raw, ['columns']),
    baseline: mapping(raw?.baseline, ['columns', 'baseline']),
    candidate: mapping(raw?.candidate, ['columns', 'candidate']),
  };
}
