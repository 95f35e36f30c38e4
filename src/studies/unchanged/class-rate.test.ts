/** Unchanged releases of a rate of one class are those of a pass rate over its cases. */

import { expect, test } from 'vitest';
import type { ResultRow, RunPair } from '../../../test/generators/index.ts';
import { runAa } from '../aa/aa.ts';
import { withStudy } from '../open-study.ts';
import { studyFolder } from '../test-study.ts';
import { asPassRate } from './class-rate.ts';

const LABELS = ['fraud', 'spam', 'fine'];

/** Results with labels and answers; every tenth answer is missing or an error. */
function classified(): RunPair {
  const side = (step: number) =>
    Array.from({ length: 600 }, (_, at) => {
      const expected = LABELS[at % 3]!;
      const isRight = (Math.imul(at + 7, step) >>> 7) % 10 < 8;
      const odd = at % 30 === 0 ? '' : isRight ? expected : LABELS[(at + 1) % 3]!;
      return {
        case_id: `c${at}`,
        segment: 'ab'[(at >> 2) % 2]!,
        lang: ['en', 'fr'][at % 2]!,
        expected,
        predicted: odd,
        ...(at % 50 === 1 && step > 2_000_000_000 ? { error: 'timeout' } : {}),
      } as unknown as ResultRow;
    });
  return { baseline: side(2_654_435_761), candidate: side(1_103_515_245) };
}

const flags = (metric: string, slice: readonly string[] = ['segment']) => ({ metric: [metric], slice });

test.each(['recall:fraud', 'specificity:fraud'])('%s has the evidence that the gate has', async (metric) => {
  const { config, ports } = studyFolder(classified(), flags(metric));
  await withStudy(config, ports, async (study) => {
    const asRate = await asPassRate(study);
    const read = ({ slices, overall }: typeof study.measured) =>
      [...overall, ...slices].map(({ key, n, lost, gained, baseline, candidate, test: own, loss }) => ({
        ...{ key, n, lost, gained, loss },
        rates: [baseline?.estimate, candidate?.estimate],
        p: [own?.pValue, own?.midP],
      }));
    expect(JSON.stringify(read(asRate.measured))).toBe(JSON.stringify(read(study.measured)));
    expect(asRate.measured.overall[0]?.n).toBe(metric.startsWith('recall') ? 200 : 400);
    expect(asRate.scope.metrics[0]?.measure).toEqual({ kind: 'passRate' });
  });
});

test('releases of a recall stay within the budgets, and say which slices they blocked', async () => {
  const { config, ports } = studyFolder(classified(), flags('recall:fraud'));
  const { modes } = await runAa({ config, runs: 300 }, ports);
  expect(modes.map(({ mode }) => mode)).toEqual(['label swap', 'split halves']);
  for (const mode of modes) expect([mode.aboveBlockBudget, mode.aboveReviewBudget]).toEqual([false, false]);
  expect(modes[0]?.method).toBe('binomial draws on counts');
  expect(modes[0]?.testedSlices).toBe(2);
});

test.each([
  ['precision:fraud', ['segment'], 'no rate over single cases'],
  ['macroF1', ['segment'], 'no rate over single cases'],
  ['recall:fraud', ['segment', 'lang'], 'slices share cases'],
])('%s by %j is refused with the reason', async (metric, slice, reason) => {
  const { config, ports } = studyFolder(classified(), flags(metric, slice));
  await expect(runAa({ config, runs: 20 }, ports)).rejects.toThrow(reason);
});

test('two metrics at once are refused', async () => {
  const { config, ports } = studyFolder(classified(), {
    metric: ['recall:fraud', 'recall:spam'],
    slice: ['segment'],
  });
  await expect(runAa({ config, runs: 20 }, ports)).rejects.toThrow('2 metrics would be drawn apart');
});
