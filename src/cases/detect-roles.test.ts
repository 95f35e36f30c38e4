import { describe, expect, it } from 'vitest';
import { DataError } from '../errors.ts';
import { detectRoles, nearNames } from './detect-roles.ts';
import { ROLE_NAMES } from './role-names.ts';
import type { ColumnMapping } from './roles.ts';

describe('roles found by name', () => {
  it.each<[string, readonly string[], ColumnMapping]>([
    ['a plain table', ['id', 'segment', 'passed'], { caseId: 'id', segment: 'segment', passed: 'passed' }],
    [
      'any case and separators',
      ['Case-ID', 'Is Correct', 'latencyMs'],
      { caseId: 'Case-ID', passed: 'Is Correct', latency: 'latencyMs' },
    ],
    [
      'DeepEval',
      ['input', 'actual_output', 'expected_output', 'success'],
      { input: 'input', output: 'actual_output', expected: 'expected_output', passed: 'success' },
    ],
    [
      'Inspect',
      ['sample_id', 'epoch', 'input', 'target', 'error'],
      { caseId: 'sample_id', trial: 'epoch', input: 'input', expected: 'target', error: 'error' },
    ],
    [
      'lm-evaluation-harness',
      ['doc_id', 'target', 'prompt_hash', 'exact_match'],
      { caseId: 'doc_id', expected: 'target', promptFingerprint: 'prompt_hash', passed: 'exact_match' },
    ],
    [
      'a nested tag as segment',
      ['id', 'tags.customer', 'tags.lang'],
      { caseId: 'id', segment: 'tags.customer' },
    ],
    ['the order of segments', ['language', 'task', 'tags.x', 'slice'], { segment: 'slice' }],
    ['a run column, which is not looked for', ['id', 'run_id', 'model'], { caseId: 'id' }],
    [
      'versions',
      ['id', 'git_commit', 'judge_id'],
      { caseId: 'id', codeFingerprint: 'git_commit', judgeFingerprint: 'judge_id' },
    ],
    ['nothing', ['foo', 'bar'], {}],
  ])('in %s', (_name, columns, mapping) => {
    expect(detectRoles(columns, {}).mapping).toEqual(mapping);
  });

  it('include the run when one was asked for', () => {
    expect(detectRoles(['id', 'model'], {}, { wantsRun: true }).mapping.run).toBe('model');
  });

  it('take the first of several by a fixed order, whatever the order of columns, and say so', () => {
    for (const columns of [
      ['id', 'uid'],
      ['uid', 'id'],
    ]) {
      expect(detectRoles(columns, {})).toEqual({
        mapping: { caseId: 'id' },
        detected: ['caseId'],
        notes: ['column "id" is taken as case id; "uid" would do too (--map caseId=COLUMN chooses)'],
      });
    }
  });

  it('leave a column to the role that the user gave it', () => {
    expect(detectRoles(['id', 'label', 'target'], { predicted: 'target' }).mapping).toEqual({
      caseId: 'id',
      expected: 'label',
      predicted: 'target',
    });
  });

  it('stay absent where the user says so', () => {
    expect(detectRoles(['id', 'error'], { error: '' })).toMatchObject({
      mapping: { caseId: 'id' },
      detected: ['caseId'],
    });
  });

  it('do not take an answer for a verdict', () => {
    const sample = new Map([['correct', ['Paris', null, 'B']]]);
    const { mapping, notes } = detectRoles(['id', 'correct'], {}, { sample });
    expect(mapping).toEqual({ caseId: 'id' });
    expect(notes[0]).toContain('column "correct" is not taken as passed');
    expect(
      detectRoles(['id', 'correct'], {}, { sample: new Map([['correct', ['no', 'x']]]) }).mapping.passed,
    ).toBe('correct');
  });

  it('do not take repeated assertion texts of promptfoo for errors', () => {
    const { mapping, notes } = detectRoles(['id', 'success', 'error', 'failureReason'], {});
    expect(mapping).toEqual({ caseId: 'id', passed: 'success' });
    expect(notes[0]).toContain('promptfoo');
  });

  it('have names that are spelled as they are compared, and belong to one role each', () => {
    const names = Object.values(ROLE_NAMES).flat();
    expect(names.filter((name) => !/^[a-z.]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a mapping that names columns which do not exist', () => {
  it('is refused as a whole, with near names', () => {
    const wrong = () =>
      detectRoles(['id', 'passed_flag', 'score'], { passed: 'Passed_Flg', score: 'zzzzzz' });
    expect(wrong).toThrow(DataError);
    expect(wrong).toThrow(/did you mean "passed_flag"\? \(--map passed=COLUMN\)/);
    expect(wrong).toThrow(
      /score is mapped to the column "zzzzzz", which does not exist; the columns are "id", "passed_flag", "score"/,
    );
  });

  it.each([
    ['Passed', ['id', 'passed'], ['passed']],
    ['escalation_routing', ['escalation_route', 'billing'], ['escalation_route']],
    ['x', ['y', 'z'], []],
    ['score', ['output', 'passed'], []],
  ])('has near names of %s', (wanted, names, near) => {
    expect(nearNames(wanted, names)).toEqual(near);
  });
});
