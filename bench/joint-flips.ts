/**
 * Joint sign flips at the stated size: 200 overlapping slices, 10,000 flips, 10,000 cases, each case in 20 slices; with
 * pass or fail outcomes, with few grades and with free scores; and how the time grows.
 *
 *   node bench/joint-flips.ts
 */

import { parseArgs } from 'node:util';
import { DEFAULT_POLICY, type MetricConfig } from '../src/config/index.ts';
import type { UnitTable } from '../src/counts/index.ts';
import { collectEvidence, jointTest } from '../src/evidence/index.ts';
import type { Scope } from '../src/scope/index.ts';
import { createRandom, type Random } from '../src/stats/index.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';
import { scopeOf } from './simulation/release.ts';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });

/** Slices that a case is in. */
const MEMBERSHIPS = 20;

type Kind = 'pass or fail' | 'five grades' | 'free scores';

interface Size {
  readonly kind: Kind;
  readonly cases: number;
  readonly slices: number;
  readonly flips: number;
  /** Share of cases that the candidate answers anew. */
  readonly moved: number;
}

const STATED = { cases: 10_000, slices: 200, flips: 10_000, moved: 0.1 };
const SIZES: readonly Size[] = [
  { ...STATED, kind: 'pass or fail' },
  { ...STATED, kind: 'pass or fail', moved: 1 },
  { ...STATED, kind: 'five grades', moved: 1 },
  { ...STATED, kind: 'free scores', moved: 1 },
  { ...STATED, kind: 'pass or fail', slices: 400 },
  { ...STATED, kind: 'pass or fail', cases: 20_000 },
  { ...STATED, kind: 'pass or fail', flips: 20_000 },
];

for (const size of SIZES) {
  const { family, units, movedCases, memberships } = makeFamily(size);
  const times = Array.from({ length: Number(flags.rounds) }, () => {
    const started = performance.now();
    jointTest({ family, units, clustered: false, flips: size.flips, seed: DEFAULT_POLICY.seed });
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const ms = times[Math.floor(times.length / 2)]!;
  const row = {
    key: `${size.kind}, ${100 * size.moved} % of ${size.cases} cases answered anew, ${size.slices} slices, ${size.flips} flips`,
    seconds: Math.round(ms / 10) / 100,
    casesThatMoved: movedCases,
    movedMemberships: memberships,
    nsPerMembershipAndFlip: Math.round((1e8 * ms) / (memberships * size.flips)) / 100,
    nsPerSliceAndFlip: Math.round((1e6 * ms) / (size.slices * size.flips)),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  console.log(JSON.stringify(row));
  keepResults('joint-flips', { script: 'bench/joint-flips.ts', machine: machine() }, [row]);
}

/** Evidence and case values of slices that share cases at random; equal values cannot move the test and are counted out. */
function makeFamily({ kind, cases, slices, moved }: Size) {
  const random = createRandom(5);
  const baseline = Float64Array.from({ length: cases }, () => drawValue(kind, random));
  const candidate = baseline.map((value) => {
    if (random.nextFloat() >= moved) return value;
    return kind === 'pass or fail' ? 1 - value : drawValue(kind, random);
  });
  const members = Array.from({ length: slices }, () => [] as number[]);
  for (let i = 0; i < cases; i++) {
    const chosen = new Set<number>();
    while (chosen.size < MEMBERSHIPS) chosen.add(random.nextBelow(slices));
    for (const slice of chosen) members[slice]!.push(i);
  }
  const keys = members.map((_, place) => ({
    grouping: 'segment',
    state: 'value' as const,
    value: `s${place}`,
  }));
  const table: UnitTable = {
    ids: Array.from({ length: cases }, (_, i) => `case-${i}`),
    baseline,
    candidate,
    cluster: null,
    weight: new Float64Array(cases).fill(1),
    slices: keys,
    members: members.map((list) => Int32Array.from(list)),
  };
  const metric: MetricConfig = {
    id: 'mean:score',
    gate: true,
    margin: null,
    floor: null,
    measure: { kind: 'mean', column: 'score', direction: 'higher', bounds: [0, 1] },
  };
  const scope: Scope = { ...scopeOf(), metrics: [metric] };
  const units = new Map([[metric.id, table]]);
  const policy = { ...DEFAULT_POLICY, resamples: 1 };
  const { slices: family } = collectEvidence({
    scope,
    policy,
    pairing: 'paired',
    counts: keys.map((key) => ({ ...key, cells: [] })),
    units,
    clustered: false,
    withoutIntervals: true,
  });
  const isMoved = (i: number) => baseline[i] !== candidate[i];
  return {
    family,
    units,
    movedCases: table.ids.filter((_, i) => isMoved(i)).length,
    memberships: members.reduce((sum, list) => sum + list.filter(isMoved).length, 0),
  };
}

function drawValue(kind: Kind, random: Random): number {
  if (kind === 'free scores') return random.nextFloat();
  return kind === 'five grades' ? random.nextBelow(5) / 4 : Number(random.nextFloat() < 0.5);
}
