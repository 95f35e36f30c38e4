/** One slice as the report shows it: evidence and decision side by side. */

import type { FlippedCase } from '../counts/index.ts';
import { directionOf } from '../counts/index.ts';
import { type Pairing, type SliceEvidence, unconditionalPValue } from '../evidence/index.ts';
import type { ScopedGrouping } from '../scope/index.ts';
import { type SliceKey, sliceId } from '../slices/index.ts';
import type {
  CaseCounts,
  CaseHistory,
  CaseReport,
  SliceReport,
  TrainingMix,
  WaiverReport,
} from './report.ts';
import type { Adjusted, SliceDecision } from './slice-verdict.ts';

/** Longest text of a case in a report. */
const TEXT_LIMIT = 500;

/** Everything about one slice that its report row needs. */
export interface SliceRow {
  readonly evidence: SliceEvidence;
  readonly decision: (SliceDecision & { readonly adjusted: Adjusted }) | null;
  readonly adjustment: string | null;
  readonly power: { readonly minimumDetectableDrop: number | null; readonly casesNeeded: number | null };
  readonly flips: readonly FlippedCase[];
  /** What the ledger knows of single cases. */
  readonly histories: ReadonlyMap<string, CaseHistory>;
  readonly waiver: WaiverReport | null;
  readonly sameCasesAs: readonly string[];
  readonly family: string | null;
  /** Adjusted p-value of a member inside its family (Meinshausen), where families gate. */
  readonly memberP: number | null;
  readonly pairing: Pairing;
  /** The policy's fewest cases of a gated slice. */
  readonly minCases: number;
  readonly train: TrainingMix | null;
}

/** Key of a slice in a map of training mixes: it has no metric. */
export function trainingKey({ grouping, state, value }: SliceKey): string {
  return JSON.stringify([grouping, state, value]);
}

/** Builds the row; nothing is rounded. */
export function sliceReport(row: SliceRow): SliceReport {
  const { evidence, decision, flips } = row;
  const { key, scoped, metric, rules } = evidence;
  const ignored = key.state === 'value' && scoped.ignore.has(key.value);
  const casesOf = (wanted: FlippedCase['direction']) =>
    flips
      .filter(({ direction }) => direction === wanted)
      .map((flip) => caseReport(flip, row.histories.get(flip.id) ?? null));
  const lost = casesOf('lost');
  const gained = casesOf('gained');
  return {
    id: sliceId(metric.id, key),
    role: roleOf(scoped, evidence, decision !== null),
    metric: metric.id,
    dimension: scoped.dimension,
    value: key.state === 'value' ? key.value : `(${key.state})`,
    state: ignored ? 'ignored' : key.state,
    definition: scoped.definition,
    family: row.family,
    n: evidence.n,
    counts: caseCounts(evidence, row.pairing),
    critical: rules.critical ?? false,
    owner: rules.owner ?? null,
    verdict: decision?.verdict ?? null,
    grade: decision?.grade ?? null,
    reason: decision?.reason ?? notGated(scoped, ignored, key.state),
    baseline: evidence.baseline,
    candidate: evidence.candidate,
    delta: evidence.delta,
    direction: evidence.direction,
    lost: evidence.lost,
    gained: evidence.gained,
    test: evidence.test?.name ?? null,
    pValue: decision?.adjusted.pValue ?? evidence.test?.pValue ?? null,
    pValueTwoSided: decision?.adjusted.pValueTwoSided ?? evidence.test?.pValueTwoSided ?? null,
    adjustedPValue: decision?.adjusted.adjusted ?? row.memberP,
    adjustment: row.memberP !== null ? 'Meinshausen, within the family' : row.adjustment,
    holmPValue: decision?.adjusted.holm ?? null,
    boschlooPValue: decision === null ? null : unconditionalPValue(evidence),
    floorPValue: decision?.adjusted.floorP ?? null,
    floor: evidence.floor?.floor ?? null,
    margin: evidence.margin,
    ...row.power,
    ...(evidence.leastCases !== undefined && evidence.leastCases > row.minCases
      ? { casesToGate: evidence.leastCases }
      : {}),
    waiver: row.waiver,
    ...(row.train === null ? {} : { train: row.train }),
    sameCasesAs: row.sameCasesAs,
    cases: {
      lost,
      gained,
      lostOmitted: Math.max(0, evidence.lost - lost.length),
      gainedOmitted: Math.max(0, evidence.gained - gained.length),
    },
  };
}

/** The row of a configured slice that no case belongs to. */
export function absentSliceReport(
  scoped: ScopedGrouping,
  value: string,
  metric: SliceEvidence['metric'],
  margin: number,
): SliceReport {
  const key = { grouping: scoped.grouping.id, state: 'value' as const, value };
  const rules = { ...scoped.rules, ...scoped.values.get(value) };
  return {
    id: sliceId(metric.id, key),
    role: scoped.role === 'gated' ? 'gated' : 'shown',
    metric: metric.id,
    dimension: scoped.dimension,
    value,
    state: 'value',
    definition: scoped.definition,
    family: null,
    n: 0,
    counts: {
      cases: 0,
      compared: 0,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      unscored: 0,
      withErrors: 0,
    },
    critical: rules.critical ?? false,
    owner: rules.owner ?? null,
    verdict: scoped.role === 'shown' ? null : 'BLOCK',
    grade: null,
    reason: 'the policy names this slice, but no case belongs to it',
    baseline: null,
    candidate: null,
    delta: null,
    direction: directionOf(metric.measure),
    lost: 0,
    gained: 0,
    test: null,
    pValue: null,
    pValueTwoSided: null,
    adjustedPValue: null,
    adjustment: null,
    holmPValue: null,
    boschlooPValue: null,
    floorPValue: null,
    floor: rules.floor ?? metric.floor,
    margin,
    minimumDetectableDrop: null,
    casesNeeded: null,
    waiver: null,
    sameCasesAs: [],
    cases: { lost: [], gained: [], lostOmitted: 0, gainedOmitted: 0 },
  };
}

function roleOf(
  scoped: ScopedGrouping,
  { key, metric }: SliceEvidence,
  decided: boolean,
): SliceReport['role'] {
  if (decided) return 'gated';
  if ((scoped.role === 'gated' && metric.gate) || key.state !== 'value') return 'remainder';
  return 'shown';
}

function notGated(scoped: ScopedGrouping, ignored: boolean, state: string): string {
  if (ignored) return 'ignored by the policy';
  if (state === 'changed')
    return `its ${scoped.dimension} differs between rows of the same case, so it belongs to no slice`;
  if (state === 'untagged') return 'outside this slice';
  if (scoped.role === 'members') return 'member of a gated family';
  return 'shown, not gated';
}

function caseCounts({ tally }: SliceEvidence, pairing: Pairing): CaseCounts {
  const { cases, compared, onlyBaseline, onlyCandidate, edited, unscored, withErrors } = tally;
  if (pairing === 'paired')
    return { cases, compared, onlyBaseline, onlyCandidate, edited, unscored, withErrors };
  const usable = [...tally.candidateValues, ...tally.baselineValues].reduce(
    (sum, value) => sum + value.cases,
    0,
  );
  return {
    cases,
    compared: usable,
    onlyBaseline: 0,
    onlyCandidate: 0,
    edited,
    unscored: cases - edited - usable,
    withErrors,
  };
}

function caseReport(
  { id, input, baselineOutput, candidateOutput }: FlippedCase,
  record: CaseHistory | null,
): CaseReport {
  return {
    id,
    record,
    input: cut(input),
    baselineOutput: cut(baselineOutput),
    candidateOutput: cut(candidateOutput),
  };
}

/** A text that a recorded run kept only as its hash. */
const HASHED = /^sha256:[0-9a-f]{64}$/;

function cut(text: string | null): string | null {
  if (text === null || HASHED.test(text)) return null;
  if (text.length <= TEXT_LIMIT) return text;
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, TEXT_LIMIT - 1)) ? TEXT_LIMIT - 2 : TEXT_LIMIT - 1;
  return `${text.slice(0, end)}…`;
}
