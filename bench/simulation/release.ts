/** From simulated counts to a judgement, by the functions that the product itself uses. */

import type { MetricConfig, Policy, SliceRules } from '../../src/config/index.ts';
import type { OutcomeCell, SideOutcome, SliceCount } from '../../src/counts/index.ts';
import { collectEvidence, type Pairing, type SliceEvidence } from '../../src/evidence/index.ts';
import { type Judgement, type JudgeOptions, judge } from '../../src/gate/index.ts';
import type { Scope } from '../../src/scope/index.ts';
import type { PairedCounts } from './world.ts';

const PASSED: SideOutcome = { passed: 1, failed: 0, errors: 0, unscored: 0 };
const FAILED: SideOutcome = { passed: 0, failed: 1, errors: 0, unscored: 0 };

const PASS_RATE: MetricConfig = {
  id: 'passRate',
  gate: true,
  margin: null,
  floor: null,
  measure: { kind: 'passRate' },
};

const GROUPING = 'segment';

/** Name of a slice by its place in the release. */
function nameOf(place: number): string {
  return `s${place}`;
}

/** One gated column; `rules` are for single slices, by place. */
export function scopeOf(rules: ReadonlyMap<number, SliceRules> = new Map()): Scope {
  return {
    metrics: [PASS_RATE],
    from: 'configured',
    notes: [],
    groupings: [
      {
        grouping: { kind: 'column', id: GROUPING, column: GROUPING },
        role: 'gated',
        dimension: GROUPING,
        definition: null,
        rules: {},
        values: new Map([...rules].map(([place, rule]) => [nameOf(place), rule])),
        ignore: new Set(),
        expected: null,
        remainder: null,
        familyOf: null,
        families: null,
      },
    ],
  };
}

/** What an engine would count for one slice of paired pass-or-fail cases. */
export function pairedCount(place: number, { both, lost, gained, neither }: PairedCounts): SliceCount {
  return countOf(place, [
    cell(FAILED, FAILED, neither),
    cell(FAILED, PASSED, gained),
    cell(PASSED, FAILED, lost),
    cell(PASSED, PASSED, both),
  ]);
}

/** What an engine would count for one slice of two runs that share no case. */
export function unpairedCount(
  place: number,
  baseline: { readonly passed: number; readonly n: number },
  candidate: { readonly passed: number; readonly n: number },
): SliceCount {
  return countOf(place, [
    cell(FAILED, null, baseline.n - baseline.passed),
    cell(PASSED, null, baseline.passed),
    cell(null, FAILED, candidate.n - candidate.passed),
    cell(null, PASSED, candidate.passed),
  ]);
}

/** One slice from its outcome cells; cells without a case are left out, as an engine leaves them out. */
export function countOf(place: number, cells: readonly OutcomeCell[]): SliceCount {
  return {
    grouping: GROUPING,
    state: 'value',
    value: nameOf(place),
    cells: cells.filter(({ cases }) => cases > 0),
  };
}

function cell(baseline: SideOutcome | null, candidate: SideOutcome | null, cases: number): OutcomeCell {
  return { baseline, candidate, edited: false, cases };
}

/** Evidence of every slice, in the order of the counts. */
export function evidenceOf(
  counts: readonly SliceCount[],
  policy: Policy,
  pairing: Pairing = 'paired',
  scope: Scope = scopeOf(),
): readonly SliceEvidence[] {
  return collectEvidence({ scope, policy, pairing, counts, units: new Map(), clustered: false }).slices;
}

const DISJOINT: JudgeOptions = { hasBaseline: true, disjoint: true, joint: null, beyondChurn: null };

/** The judgement of a release of disjoint slices, or what `options` change about it. */
export function judgeRelease(
  evidence: readonly SliceEvidence[],
  policy: Policy,
  options: Partial<JudgeOptions> = {},
): Judgement {
  return judge(evidence, policy, { ...DISJOINT, ...options });
}
