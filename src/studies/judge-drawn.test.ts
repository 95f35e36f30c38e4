/** A drawn release is judged as the gate would judge it, had it been recorded. */

import { expect, test } from 'vitest';
import { articleTable, pairSlices, type ResultRow } from '../../test/generators/index.ts';
import type { Flags } from '../config/index.ts';
import type { Judgement } from '../gate/index.ts';
import { ALL_CASES } from '../scope/index.ts';
import { judgeDrawn } from './judge-drawn.ts';
import { withStudy } from './open-study.ts';
import { studyFolder } from './test-study.ts';
import { unchangedModel } from './unchanged/choose.ts';
import type { DrawnRelease, UnchangedMode } from './unchanged/model.ts';

/** The drawn counts as rows of two files. */
function rowsOf({ counts }: DrawnRelease): { baseline: ResultRow[]; candidate: ResultRow[] } {
  const baseline: ResultRow[] = [];
  const candidate: ResultRow[] = [];
  let number = 0;
  for (const { value, cells } of counts.filter(({ grouping }) => grouping !== ALL_CASES)) {
    for (const cell of cells) {
      for (let i = 0; i < cell.cases; i++) {
        const row = { case_id: `case ${number++}`, segment: value };
        const resultOf = (side: typeof cell.baseline) =>
          side?.errors === 1
            ? { passed: null, error: 'timeout' }
            : { passed: side?.passed === 1, error: null };
        if (cell.baseline) baseline.push({ ...row, ...resultOf(cell.baseline) });
        if (cell.candidate) candidate.push({ ...row, ...resultOf(cell.candidate) });
      }
    }
  }
  return { baseline, candidate };
}

const decisions = ({ decisions: all }: Judgement) =>
  [...all]
    .map(([{ key, n, lost, gained }, { verdict, grade, cause, adjusted }]) =>
      JSON.stringify([key.value, n, lost, gained, verdict, grade, cause, adjusted.adjusted, adjusted.floorP]),
    )
    .sort();

test.each<[string, UnchangedMode, Flags]>([
  ['paired', 'label swap', {}],
  [
    'paired with a floor and a critical slice',
    'label swap',
    { floor: ['0.85'], critical: ['segment=refund_flow'] },
  ],
  ['paired with Holm', 'label swap', { multiplicity: 'holm' }],
  ['unpaired', 'split halves', {}],
])('%s: the same decisions, p-values and reasons', async (_, mode, flags) => {
  const all: Flags = { slice: ['segment'], ...flags };
  const { config, ports } = studyFolder(articleTable(), all);
  const drawn = await withStudy(config, ports, async (study) => {
    const model = await unchangedModel(study, mode);
    return [3, 7].map((replicate) => {
      const release = model.draw(replicate);
      return { release, judgement: judgeDrawn(study, model, release, replicate).judgement };
    });
  });
  for (const { release, judgement } of drawn) {
    const recorded = studyFolder(rowsOf(release), all);
    const real = await withStudy(recorded.config, recorded.ports, (study) => study.judgement);
    expect(decisions(judgement)).toEqual(decisions(real));
  }
});

test('a loss that only errors make goes to review, as in the gate', async () => {
  const { baseline, candidate } = pairSlices([{ slice: 'a', n: 100, before: 90, lost: 0, gained: 0 }], {
    seed: 1,
  });
  const failing = new Set(
    candidate
      .filter(({ passed }) => passed === true)
      .slice(0, 12)
      .map((row) => row.case_id),
  );
  const { config, ports } = studyFolder(
    {
      baseline,
      candidate: candidate.map((row) =>
        failing.has(row.case_id) ? { ...row, passed: null, error: 'timeout' } : row,
      ),
    },
    { slice: ['segment'] },
  );
  await withStudy(config, ports, async (study) => {
    const model = await unchangedModel(study, 'label swap');
    const observed = { counts: study.measured.counts, units: new Map() };
    const { judgement } = judgeDrawn(study, model, observed, 0);
    expect([...judgement.decisions.values()].map(({ verdict }) => verdict)).toEqual(['REVIEW']);
    expect(decisions(judgement)).toEqual(decisions(study.judgement));
  });
});
