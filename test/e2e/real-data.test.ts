/** Two published sets of results, gated as they are: a rise of the mean that hides a loss, and one that hides none. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../shared-folder.ts';
import { workFolder } from './cli.ts';
import { type GateRun, gatedRows, gateIn, opening, sliceOf } from './gate-run.ts';

/** Gates two columns of one file of the shared data. */
function gateColumns(file: string, slice: string, before: string, after: string): Promise<GateRun> {
  return gateIn(workFolder(), [
    'gate',
    '--baseline',
    file,
    '--candidate',
    file,
    '--slice',
    slice,
    '--map',
    `baseline.passed=${before}`,
    '--map',
    `candidate.passed=${after}`,
  ]);
}

describe.each([
  ['bbh', 'BIG-Bench Hard, answers only to chain of thought'],
  ['gsm8k-models', 'GSM8K at 175B, finetuning to verification'],
])('%s: %s', (name) => {
  const folder = sharedPath('data', name);
  if (folder === null) {
    test.skip(`skipped: the shared folder with data/${name} is absent`, () => {});
    return;
  }
  const file = join(folder, 'cases.csv.gz');

  if (name === 'bbh') {
    test('the mean rises and the release blocks on word_sorting', async () => {
      const { report, code, stdout } = await gateColumns(file, 'task', 'pass_before', 'pass_after');
      expect([code, report.verdict]).toEqual([1, 'BLOCK']);
      expect(opening(stdout)[0]).toMatch(
        /^Ship\? BLOCK: word_sorting lost 44,? (and )?gained 19 of 250 \(-10\.0 points, adjusted p \.020\)$/,
      );
      expect(report.counts).toMatchObject({
        paired: 6511,
        slices: 27,
        gatedSlices: 27,
        undecided: 5,
        lowN: 0,
      });
      const [overall] = report.overall;
      expect(overall).toMatchObject({ n: 6511, lost: 573, gained: 1981, conclusion: 'BETTER' });
      expect(overall?.delta?.estimate).toBeCloseTo(1408 / 6511, 14);
      const worst = sliceOf(report, 'word_sorting');
      expect(worst).toMatchObject({
        n: 250,
        lost: 44,
        gained: 19,
        grade: 'confirmed',
        test: 'exact McNemar',
      });
      // P(X >= 44), X ~ Bin(63, 1/2).
      expect(worst.pValue).toBeCloseTo(0.0011137657554, 12);
      expect(worst.adjustedPValue).toBeCloseTo(0.02, 2);
      expect(worst.cases.lost).toHaveLength(44);
      // The two drops that stand next are undecided, with the cases that would settle them.
      expect(gatedRows(report).slice(0, 3)).toEqual([
        'word_sorting BLOCK confirmed',
        'causal_judgement PASS undecided',
        'ruin_names PASS undecided',
      ]);
      for (const [task, n, drop] of [
        ['causal_judgement', 187, 18 / 187],
        ['ruin_names', 250, 17 / 250],
      ] as const) {
        const slice = sliceOf(report, task);
        expect(slice.n).toBe(n);
        expect(slice.delta?.estimate).toBeCloseTo(-drop, 12);
        expect(slice.adjustedPValue).toBeGreaterThan(0.25);
        expect(slice.casesNeeded).toBeGreaterThan(n);
        expect(slice.casesNeeded).toBeLessThan(1500);
        expect(slice.minimumDetectableDrop).toBeGreaterThan(drop);
      }
      expect(stdout).toMatch(/causal_judgement .*about \d+ cases/);
    });
  } else {
    test('nothing blocks, and what is undecided is counted', async () => {
      const { report, code, stdout } = await gateColumns(
        file,
        'steps',
        'pass_175b_finetuning',
        'pass_175b_verification',
      );
      expect([code, report.verdict]).toEqual([0, 'PASS']);
      expect(report.overall[0]).toMatchObject({ n: 1319, lost: 76, gained: 360, conclusion: 'BETTER' });
      expect(report.counts).toMatchObject({
        slices: 9,
        gatedSlices: 7,
        undecided: 1,
        nonInferior: 6,
        lowN: 2,
        lowNCases: 27,
      });
      expect(opening(stdout)[0]).toContain('1 undecided');
      expect(opening(stdout)[1]).toContain('2 slices (27 cases) too small to gate');
      expect(report.slices.filter(({ role }) => role === 'gated').reduce((sum, { n }) => sum + n, 0)).toBe(
        1319,
      );
    });
  }
});
