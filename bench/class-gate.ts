/**
 * How often the gate blocks or asks for a review on a metric of classes when nothing changed: both runs answer every case
 * independently by the same chances.
 *
 *   node bench/class-gate.ts [--releases 300] [--slices 5,40] [--cases 300] [--swaps 999]
 */

import { parseArgs } from 'node:util';
import { DEFAULT_POLICY, type MetricConfig, type Policy } from '../src/config/index.ts';
import {
  type ClassMeasure,
  classMetricId,
  type LabelCounts,
  type LabelSlice,
  NO_LABEL,
} from '../src/counts/index.ts';
import { collectEvidence, type SliceEvidence } from '../src/evidence/index.ts';
import type { Scope } from '../src/scope/index.ts';
import { areDisjoint, gatedSlices, type JudgeContext, judgeSlices } from '../src/stages/index.ts';
import { createRandom, type Random } from '../src/stats/index.ts';
import { scopedColumn } from '../test/slice-evidence.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    releases: { type: 'string', default: '300' },
    slices: { type: 'string', default: '5,40' },
    cases: { type: 'string', default: '300' },
    swaps: { type: 'string', default: '999' },
  },
});

/** Shares of the classes, largest first. */
const SHARES = [0.5, 0.2, 0.12, 0.09, 0.06, 0.03] as const;
const LABELS = SHARES.map((_, code) => `c${code}`);
/** Chances of a right answer, and the share of cases that have them. */
const EASY = { share: 0.75, right: 0.97 } as const;
const HARD = { right: 0.55 } as const;
/** Of wrong answers, the share that are none. */
const SILENT = 0.05;

const METRICS: readonly ClassMeasure[] = [
  { kind: 'class', of: 'macroF1' },
  { kind: 'class', of: 'mcc' },
  { kind: 'class', of: 'precision', label: 'c3', beta: 1 },
  { kind: 'class', of: 'precision', label: 'c5', beta: 1 },
  { kind: 'class', of: 'fScore', label: 'c3', beta: 1 },
  { kind: 'class', of: 'recall', label: 'c1', beta: 1 },
];

function classOf(random: Random): number {
  let at = random.nextFloat();
  for (const [code, share] of SHARES.entries()) {
    at -= share;
    if (at < 0) return code;
  }
  return SHARES.length - 1;
}

function answer(random: Random, truth: number, right: number): number {
  if (random.nextFloat() < right) return truth;
  if (random.nextFloat() < SILENT) return NO_LABEL.none;
  let other = classOf(random);
  while (other === truth) other = classOf(random);
  return other;
}

function sliceOf(value: string, cases: number, random: Random): LabelSlice {
  const counts = new Map<string, number>();
  for (let i = 0; i < cases; i++) {
    const truth = classOf(random);
    const right = random.nextFloat() < EASY.share ? EASY.right : HARD.right;
    const cell = [truth, answer(random, truth, right), answer(random, truth, right)].join();
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const cells = [...counts.keys()].map((cell) => cell.split(',').map(Number));
  const side = (at: number): Int32Array => Int32Array.from(cells, (cell) => cell[at]!);
  return {
    ...{ grouping: 'segment', state: 'value', value, edited: 0 },
    cells: {
      ...{ expected: side(0), baseline: side(1), candidate: side(2) },
      cases: Float64Array.from(counts.values()),
      cluster: null,
    },
  };
}

const MARGINS: readonly (readonly [name: string, margin: number])[] = [
  ['5 points', 0.05],
  ['any loss', 1e-9],
];

function evidenceOf(
  measure: ClassMeasure,
  slices: readonly LabelSlice[],
  policy: Policy,
): readonly SliceEvidence[] {
  const metric: MetricConfig = { id: classMetricId(measure), gate: true, margin: 0.05, floor: null, measure };
  const scope: Scope = { groupings: [scopedColumn()], metrics: [metric], from: 'configured', notes: [] };
  const counts: LabelCounts = { labels: LABELS, tooMany: null, hasLists: false, severalTrials: 0, slices };
  return collectEvidence({
    ...{ scope, policy, pairing: 'paired', units: new Map(), clustered: false, withoutIntervals: true },
    counts: slices.map(({ grouping, state, value }) => ({ grouping, state, value, cells: [] })),
    classes: { counts, average0: 'skip', costs: null, positive: null },
  }).slices;
}

const [releases, cases, swaps] = [flags.releases, flags.cases, flags.swaps].map(Number) as [
  number,
  number,
  number,
];
const rows = [];
for (const slices of flags.slices.split(',').map(Number)) {
  for (const measure of METRICS) {
    const found = MARGINS.map(([name]) => ({ name, block: 0, review: 0 }));
    let undefinedSlices = 0;
    const policy: Policy = { ...DEFAULT_POLICY, resamples: swaps };
    for (let release = 0; release < releases; release++) {
      const random = createRandom(1_000 + slices, release);
      const labelled = Array.from({ length: slices }, (_, i) => sliceOf(`s${i}`, cases, random));
      const evidence = evidenceOf(measure, labelled, policy);
      undefinedSlices += evidence.filter(({ loss }) => loss === null).length;
      MARGINS.forEach(([, margin], at) => {
        const gated = gatedSlices(evidence.map((slice) => ({ ...slice, margin })));
        const all = gated.reduce((sum, { tally }) => sum + tally.cases, 0);
        const overall = [{ ...gated[0]!, tally: { ...gated[0]!.tally, cases: all } }];
        const context: JudgeContext = {
          policy,
          pairing: 'paired',
          clustered: false,
          beyondChurn: null,
          disjoint: areDisjoint(gated, overall),
        };
        const { decisions } = judgeSlices(gated, null, context, { flips: 1, seed: 1 });
        const causes = [...decisions.values()].filter(({ cause }) => cause === 'loss');
        if (causes.some(({ verdict }) => verdict === 'BLOCK')) found[at]!.block++;
        if (causes.length > 0) found[at]!.review++;
      });
    }
    for (const { name, block, review } of found) {
      rows.push({
        key: `${classMetricId(measure)}, ${slices} slices, ${name}`,
        block: block / releases,
        blockOrReview: review / releases,
        undefinedSlices: undefinedSlices / (releases * slices),
        releases,
      });
      console.log(rows.at(-1));
    }
  }
}
keepResults('class-gate', { cases, swaps, ...machine() }, rows);
