/** Runs a gate with the built command and reads everything that it answered: document, text, exit code. */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report, SliceReport } from '../../src/gate/index.ts';
import { type RunPair, toCsv, toJsonl } from '../generators/index.ts';
import { type Finished, type RunOptions, slicewise, workFolder } from './cli.ts';

/** One gate. */
export interface GateRun extends Finished {
  readonly cwd: string;
  readonly report: Report;
}

/** A folder with both runs as `old.<format>` and `new.<format>`, and whatever else is given. */
export function pairFolder(
  pair: RunPair,
  more: Readonly<Record<string, string>> = {},
  format: 'jsonl' | 'csv' = 'jsonl',
): string {
  const text = format === 'jsonl' ? toJsonl : toCsv;
  return workFolder({
    [`old.${format}`]: text(pair.baseline),
    [`new.${format}`]: text(pair.candidate),
    ...more,
  });
}

/** `slicewise ARGS --out report.json`: the report for terminals on standard output, the document beside it. */
export async function gateIn(
  cwd: string,
  args: readonly string[],
  options: Omit<RunOptions, 'cwd'> = {},
): Promise<GateRun> {
  const path = join(cwd, 'report.json');
  rmSync(path, { force: true });
  const finished = await slicewise([...args, '--out', 'report.json'], { cwd, ...options });
  expect(existsSync(path), finished.stderr).toBe(true);
  return { ...finished, cwd, report: JSON.parse(readFileSync(path, 'utf8')) as Report };
}

/** The gate of a pair of runs without a configuration. */
export function gatePair(pair: RunPair, args: readonly string[] = []): Promise<GateRun> {
  return gateIn(pairFolder(pair), ['gate', 'old.jsonl', 'new.jsonl', ...args]);
}

/** The one row of a slice by its value, under the first metric unless told. */
export function sliceOf(report: Report, value: string, dimension?: string): SliceReport {
  const rows = report.slices.filter(
    (slice) =>
      slice.value === value &&
      slice.metric === report.overall[0]?.metric &&
      (dimension === undefined || slice.dimension === dimension),
  );
  expect(rows, `rows of ${value}`).toHaveLength(1);
  return rows[0] as SliceReport;
}

/** `slice verdict grade` of every gated row, worst first as the document has them. */
export function gatedRows(report: Report): readonly string[] {
  return report.slices
    .filter(({ role }) => role === 'gated')
    .map(({ value, verdict, grade }) => `${value} ${verdict} ${grade ?? '-'}`);
}

/** The two lines that open a report for terminals, unwrapped. */
export function opening(stdout: string): readonly string[] {
  const [lines = ''] = stdout.split('\n\n');
  return lines
    .replaceAll(/\n {2,}/g, ' ')
    .split('\n')
    .map((line) => line.replace(/^(Ship|Believe)([^?]*\?)\s+/, '$1$2 '));
}
