import { describe, expect, test } from 'vitest';
import type { CaseAnswer, CaseTrial } from '../../../../src/studio/contract/index.ts';
import { caseMarkdown } from './case-markdown.ts';
import { CASES_VIEW, classesOf, isNarrowed, questionOf, toggledClass } from './cases-view.ts';
import { pairOf, trialPairs } from './trial-pairs.ts';

const trial = (label: string, passed: 0 | 1 | null, output: number): CaseTrial => ({
  trial: label,
  status: passed === null ? 'error' : 'scored',
  passed,
  cells: [
    { column: 'input', role: 'input', kind: 'text', text: 0, tags: [] },
    { column: 'output', role: 'output', kind: 'text', text: output, tags: [] },
    { column: 'why', role: null, kind: 'judge', text: 3, tags: [] },
  ],
});

const texts = ['Hi\u202e', '```\nbefore\n```', 'after', 'because'];
const answer: CaseAnswer = {
  ref: 'a',
  id: { text: 'a`b\n# no heading', length: 16 },
  class: 'lost',
  metric: { id: 'passRate', name: 'pass rate', isRate: true, direction: 'higher', bounds: [0, 1] },
  before: 1,
  after: 0,
  edited: false,
  hasBaseline: true,
  texts: texts.map((text) => ({ text, length: text.length + (text === 'after' ? 100 : 0) })),
  baseline: [trial('10', 1, 1), trial('2', 1, 1)],
  candidate: [trial('2', 1, 2), trial('10', 0, 2), trial('x', null, 2)],
  trialsOmitted: 0,
  firstTrial: '10',
  slices: [],
  history: { state: 'no ledger', hint: '' },
  trace: 'none',
};

describe('trials', () => {
  test('of both runs stand side by side in the order of their labels', () => {
    const pairs = trialPairs(answer);
    expect(pairs.map(({ label, before, after }) => [label, before !== null, after !== null])).toEqual([
      ['2', true, true],
      ['10', true, true],
      ['x', false, true],
    ]);
    expect(pairOf(pairs, ['x', '10']).label).toBe('x');
    expect(pairOf(pairs, ['gone', '10']).label).toBe('10');
    expect(pairOf(pairs, ['gone']).label).toBe('2');
    expect(pairOf([], ['gone'])).toEqual({ label: '', before: null, after: null });
  });
});

test('Markdown keeps foreign texts inside of fences, on one line in headings, and says what was cut', () => {
  const markdown = caseMarkdown(answer, pairOf(trialPairs(answer), ['10']));
  expect(markdown.split('\n')[0]).toBe('### Case `` a`b # no heading ``: lost');
  expect(markdown).toContain('pass rate 1 → 0, trial `10`');
  expect(markdown).toContain('**Before: passed**\n\n````text\n```\nbefore\n```\n````');
  expect(markdown).toContain('**After: failed**\n\n```text\nafter\n```\n\n(100 more characters)');
  expect(markdown).toContain('Hi\\u202e');
  expect(markdown.match(/\*\*(?:Before|After), why\*\*/g)).toHaveLength(2);
});

test('the address names classes, and what it does not know is left out', () => {
  expect(classesOf('gained,lost,nothing')).toEqual(['lost', 'gained']);
  expect(toggledClass('lost', 'gained')).toBe('lost,gained');
  expect(toggledClass('lost,gained', 'lost')).toBe('gained');
  expect(isNarrowed(CASES_VIEW)).toBe(false);
  expect(isNarrowed({ ...CASES_VIEW, errors: true })).toBe(true);
  expect(questionOf({ ...CASES_VIEW, q: 'x', in: ['a=b'], flip: 'lost' })).toMatchObject({
    search: 'x',
    within: ['a=b'],
    classes: ['lost'],
    order: 'drop',
  });
});
