/** Studies of made-up runs, for tests: rows go to a folder of their own, flags make the configuration. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  pairSlices,
  type ResultRow,
  type RunPair,
  type SliceSpec,
  toJsonl,
} from '../../test/generators/index.ts';
import { type Config, configFromFlags, type Flags } from '../config/index.ts';
import type { Ports } from '../stages/index.ts';

/** A configuration and the world it runs in. */
export interface StudyFolder {
  readonly config: Config;
  readonly ports: Ports;
}

/** Writes one or two runs and names them in a configuration. */
export function studyFolder(
  runs: { readonly baseline?: readonly ResultRow[]; readonly candidate: readonly ResultRow[] },
  flags: Flags = {},
): StudyFolder {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-study-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const write = (name: string, rows: readonly ResultRow[]) => {
    writeFileSync(join(cwd, name), toJsonl(rows));
    return [name];
  };
  return {
    config: configFromFlags({
      ...(runs.baseline === undefined ? {} : { baseline: write('old.jsonl', runs.baseline) }),
      candidate: write('new.jsonl', runs.candidate),
      ...flags,
    }),
    ports: { cwd, now: () => new Date('2026-01-02T03:04:05Z'), progress: () => {} },
  };
}

/** The same for slices given by their counts. */
export function studyOf(specs: readonly SliceSpec[], flags: Flags = {}): StudyFolder {
  return studyFolder(pairSlices(specs, { seed: 3 }), flags);
}

/** The same runs with the rows of both in another order. */
export function reversed({ baseline, candidate }: RunPair): RunPair {
  return { baseline: baseline.toReversed(), candidate: candidate.toReversed() };
}
