/** What became of a case, as a sign and a word. */

import type { CaseClass } from '../../../../src/counts/case-plan.ts';

interface ClassLook {
  readonly sign: string;
  readonly word: string;
  /** Of one run alone. */
  readonly single?: string;
  readonly tone: 'bad' | 'good' | 'warn' | 'plain';
  readonly means: string;
}

export const CLASS_LOOKS: Readonly<Record<CaseClass, ClassLook>> = {
  lost: { sign: '▼', word: 'lost', tone: 'bad', means: 'worse in the candidate than in the baseline' },
  gained: { sign: '▲', word: 'gained', tone: 'good', means: 'better in the candidate than in the baseline' },
  passed: { sign: '✓', word: 'passed both', single: 'passed', tone: 'plain', means: 'passed' },
  failed: { sign: '✕', word: 'failed both', single: 'failed', tone: 'warn', means: 'failed' },
  between: {
    sign: '=',
    word: 'unchanged',
    single: 'partly',
    tone: 'plain',
    means: 'the same value, neither all nor nothing',
  },
  edited: {
    sign: '✎',
    word: 'edited',
    tone: 'warn',
    means: 'input or expected answer differ between the runs, so it is not compared',
  },
  unscored: { sign: '?', word: 'unscored', tone: 'warn', means: 'no value in one run or both' },
  onlyBaseline: { sign: '◁', word: 'only before', tone: 'warn', means: 'the candidate has no row of it' },
  onlyCandidate: { sign: '▷', word: 'only after', tone: 'warn', means: 'the baseline has no row of it' },
};

/** The classes that a comparison has; of one run alone fewer. */
export const SINGLE_CLASSES: readonly CaseClass[] = ['failed', 'passed', 'between', 'unscored'];

/** The word for a class. */
export function classWord(name: CaseClass, hasBaseline: boolean): string {
  const { word, single } = CLASS_LOOKS[name];
  return hasBaseline ? word : (single ?? word);
}

export function ClassBadge({
  of: name,
  hasBaseline,
}: {
  readonly of: CaseClass;
  readonly hasBaseline: boolean;
}) {
  const { sign, tone, means } = CLASS_LOOKS[name];
  return (
    <span className={`badge ${tone} case-class`} title={means}>
      <span aria-hidden="true">{sign} </span>
      {classWord(name, hasBaseline)}
    </span>
  );
}
