/** Runs that are scored by their labels, and columns of two runs in one file. */

import { describe, expect, test } from 'vitest';
import { detectRoles } from './detect-roles.ts';
import { interpretRows } from './interpret-rows.ts';
import { matchesLabel, spellingNotes } from './label-outcome.ts';
import { createProblemLog } from './problem-log.ts';
import { sideColumns } from './side-columns.ts';
import type { Cell, RowStatus } from './table.ts';

describe('a prediction', () => {
  test.each<[Cell, Cell, boolean | null]>([
    ['a', 'a', true],
    ['a', 'A', false],
    ['1', '1.0', false],
    ['a', null, false],
    ['a', '', false],
    [null, 'a', null],
    ['', '', null],
    [['a', 'b'], ['b', 'a', 'b'], true],
    [['a', 'b'], ['a'], false],
    [['a'], 'a', true],
    ['a', ['a', 'b'], false],
    [[], [], true],
    [[], 'a', false],
  ])('of %j as %j is right: %j', (label, found, right) => {
    expect(matchesLabel(label, found)).toBe(right);
  });

  test('decides only where no column says whether a case passed', async () => {
    const statusOf = async (mapping: object): Promise<[RowStatus, 0 | 1 | null][]> => {
      const columns = new Map<string, Cell[]>([
        ['id', ['1', '2', '3', '4']],
        ['y', ['a', 'a', null, 'a']],
        ['p', ['a', 'b', 'a', 'a']],
        ['ok', ['0', null, '1', '1']],
        ['error', [null, null, null, 'timeout']],
      ]);
      const chunk = { file: 'f', lines: [1, 2, 3, 4], columns };
      const own = { caseId: 'id', expected: 'y', predicted: 'p', error: 'error', ...mapping };
      const found: [RowStatus, 0 | 1 | null][] = [];
      for await (const { status, passed } of interpretRows(
        [chunk],
        { mapping: own, run: null },
        createProblemLog(),
      ))
        status.forEach((state, i) => {
          found.push([state, passed[i]!]);
        });
      return found;
    };
    expect(await statusOf({})).toEqual([
      ['scored', 1],
      ['scored', 0],
      ['unscored', null],
      ['error', null],
    ]);
    expect((await statusOf({ passed: 'ok' })).map(([, passed]) => passed)).toEqual([0, null, 1, null]);
  });
});

test('spellings that hide equal labels are counted', () => {
  expect(spellingNotes(['a', 'b'], ['a', 'c'])).toEqual([]);
  const [note, ...others] = spellingNotes(['Spam', 'ham', 'ham'], ['spam ', 'Ham', 'ham']);
  expect(others).toEqual([]);
  expect(note).toContain('of the first 3 rows, 2 predictions equal their label only if upper and lower case');
  expect(spellingNotes(['1', '0'], ['1.0', '0.0'])).toEqual([
    'labels are compared as they are spelled: of the first 2 rows, 2 predictions equal their label only as numbers, such as "1" and "1.0"; spell them alike where they mean the same',
  ]);
});

describe('names', () => {
  test.each([
    [['id', 'y_true', 'y_pred'], 'y_true', 'y_pred'],
    [['id', 'true_label', 'predicted_class'], 'true_label', 'predicted_class'],
    [['id', 'actual', 'predicted'], 'actual', 'predicted'],
    [['id', 'label', 'actual', 'pred'], 'label', 'pred'],
    [['id', 'actual'], undefined, undefined],
  ])('of %j are those of labels and predictions', (columns, expected, predicted) => {
    const { mapping } = detectRoles(columns, {});
    expect([mapping.expected, mapping.predicted]).toEqual([expected, predicted]);
  });

  test.each([
    ['pred_before', 'pred_after'],
    ['predicted_old', 'predicted_new'],
    ['y_pred_a', 'y_pred_b'],
    ['baseline_prediction', 'candidate_prediction'],
    ['Old Pred', 'New Pred'],
  ])('%s and %s are the predictions of two runs', (before, after) => {
    const columns = ['id', 'label', after, before];
    expect(sideColumns('predicted', 'baseline', columns)).toEqual([before]);
    expect(sideColumns('predicted', 'candidate', columns)).toEqual([after]);
    expect(sideColumns('predicted', 'candidate', [after])).toEqual([]);
    expect(detectRoles(columns, {}).mapping.predicted).toBeUndefined();
    expect(detectRoles(columns, {}, { side: 'baseline' })).toMatchObject({
      mapping: { predicted: before },
      notes: [`both runs are in one file: of the baseline are "${before}"`],
    });
  });

  test.each<[readonly string[], string | undefined, string | undefined]>([
    [['id', 'pass_before', 'pass_after', 'answer_before', 'answer_after'], 'answer_before', 'answer_after'],
    [['id', 'answer', 'pass_old', 'pass_new', 'output_old', 'output_new'], 'output_old', 'output_new'],
    [['id', 'score_a', 'score_b', 'response_a', 'response_b'], 'response_a', 'response_b'],
    [['id', 'pass_before', 'pass_after', 'response_a', 'response_b'], undefined, undefined],
    [['id', 'pass_before', 'pass_after', 'output'], 'output', 'output'],
  ])('of %j are the outputs of two runs', (columns, before, after) => {
    const outputOf = (side: 'baseline' | 'candidate') => detectRoles(columns, {}, { side }).mapping.output;
    expect([outputOf('baseline'), outputOf('candidate')]).toEqual([before, after]);
  });
});
