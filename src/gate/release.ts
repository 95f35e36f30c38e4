/** Puts the release together: slices, findings and waivers become one verdict, one document. */

import { absentSlices, type CheckResults, conclude, type RerunChurn } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import type { FlippedCase } from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Pairing, SliceEvidence } from '../evidence/index.ts';
import type { Scope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import type { Settled } from './confirm.ts';
import type { Judgement } from './judge.ts';
import { nextSteps } from './next-steps.ts';
import { familyNotes, floorNotes } from './notes.ts';
import { policyReport } from './policy-report.ts';
import { worstFirst } from './ranking.ts';
import { releaseVerdict, voidingFinding, withWaivers } from './release-verdict.ts';
import {
  type CaseHistory,
  type OverallReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type RunReport,
  type SliceReport,
  type TrainingMix,
} from './report.ts';
import { exitCodeOf } from './roll-up.ts';
import { beliefLine, shipLine } from './ship-line.ts';
import { sliceFindings } from './slice-findings.ts';
import { absentSliceReport, type SliceRow, sliceReport, trainingKey } from './slice-report.ts';
import { voidClusters, voidSlices } from './void-slices.ts';
import { type WaiverEntry, waiverFor, waiverNotes } from './waivers.ts';

/** Everything that was established about a release. */
export interface ReleaseInput {
  readonly version: string;
  readonly config: Config;
  readonly scope: Scope;
  readonly profile: ComparisonProfile;
  readonly pairing: Pairing;
  readonly pairedBy: 'case id' | 'input';
  readonly slices: readonly SliceEvidence[];
  readonly overall: readonly SliceEvidence[];
  readonly weighted: ReadonlyMap<string, OverallReport['weighted']>;
  readonly judgement: Judgement;
  readonly powerOf: (evidence: SliceEvidence, alpha: number) => SliceRow['power'];
  readonly checks: CheckResults;
  /** Lost and gained cases by metric. */
  readonly flips: ReadonlyMap<string, readonly FlippedCase[]>;
  /** What the ledger knows of single cases; empty without one. */
  readonly histories: ReadonlyMap<string, CaseHistory>;
  readonly memberP: ReadonlyMap<SliceEvidence, { readonly family: string; readonly adjusted: number | null }>;
  /** Groups of slices of different dimensions that hold exactly the same cases. */
  readonly sameCases: readonly (readonly SliceEvidence[])[];
  readonly rerun: RerunChurn | null;
  readonly runs: { readonly baseline: RunReport | null; readonly candidate: RunReport };
  /** Training mix by grouping and value, as `trainingKey` joins them; absent without training data. */
  readonly training?: ReadonlyMap<string, TrainingMix>;
  readonly runHash: string;
  readonly waivers: readonly WaiverEntry[];
  /** ISO date of this run, for the expiry of waivers. */
  readonly today: string;
  readonly looks: number | null;
  readonly notes: readonly string[];
  /** Shell-quoted arguments that repeat the comparison. */
  readonly inputs: string;
  /** The same without the runs. */
  readonly rules: string;
  /** Set in a confirmation run: stage one's report, and what the fresh cases say about its nominees. */
  readonly stageOne?: { readonly report: Report; readonly nominees: readonly Settled[] };
}

/** The whole decision and its document. */
export function release(input: ReleaseInput): Report {
  const { config, scope, judgement, runHash } = input;
  const hasBaseline = input.runs.baseline !== null;
  const given = { ...input, findings: input.checks.findings, hasBaseline };
  const judged = voidSlices(voidClusters(sliceReports(input), input), voidingFinding(given));
  const slices = worstFirst([...judged, ...absentReports(input)]);
  const counts = reportCounts(input, slices);
  const deciding = { ...given, slices };
  const findings = [...sliceFindings(slices, hasBaseline), ...withWaivers(input.checks.findings, deciding)];
  const { verdict, waived } = releaseVerdict(deciding);
  const notes = [
    ...input.notes,
    ...familyNotes(counts, scope),
    ...floorNotes(slices),
    ...waiverNotes(ownWaivers(input), runHash, input.today, { slices, findings: input.checks.findings }),
  ];
  const measureOf = (id: string) => {
    const metric = scope.metrics.find((candidate) => candidate.id === id);
    return (metric ?? scope.metrics[0]).measure;
  };
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: 'slicewise', version: input.version },
    verdict,
    exitCode: exitCodeOf(verdict),
    ship: {
      text: shipLine({
        verdict,
        hasBaseline,
        slices,
        findings,
        counts,
        waived,
        measureOf,
        stageOne: input.stageOne,
      }),
    },
    belief: {
      text: beliefLine({
        ran: input.checks.ran,
        total: input.checks.total,
        counts,
        isSliced: scope.from !== 'none',
        hasProductionSample: config.inputs.logs.length > 0,
        baselineAgeDays: input.runs.baseline?.ageDays ?? null,
      }),
    },
    next: nextSteps({
      verdict,
      hasBaseline,
      inputs: input.inputs,
      rules: input.rules,
      slices,
      findings,
      counts,
      dimensions: scope.from,
      hasConfig: config.file !== null,
      hasRerun: input.rerun !== null,
      confirmationDeclared: config.policy.confirmation !== null,
      openNominees: input.stageOne?.nominees.filter(({ settled }) => settled === 'open').length ?? null,
      hasClassMetrics: scope.metrics.some(({ measure }) => measure.kind === 'class'),
    }),
    baseline: input.runs.baseline,
    candidate: input.runs.candidate,
    policy: policyReport(config, scope, judgement.budgets, judgement.adjustment),
    counts,
    slices,
    overall: input.overall.map((evidence) => overallReport(evidence, input)),
    unsliced: unsliced(slices, scope),
    findings,
    notes,
    runHash,
    confirmation: input.stageOne
      ? { stageOneRunHash: input.stageOne.report.runHash, nominees: input.stageOne.nominees }
      : null,
  };
}

/** Waivers of stage one hold in the second stage without being about its run. */
function ownWaivers({ waivers, stageOne }: ReleaseInput): readonly WaiverEntry[] {
  return waivers.filter(({ runHash }) => stageOne === undefined || runHash !== stageOne.report.runHash);
}

function sliceReports(input: ReleaseInput): SliceReport[] {
  const { judgement, flips, waivers, runHash, today, pairing } = input;
  const alphaOf = levels(judgement, input.config.policy);
  const flipsById = new Map(
    [...flips].map(([metric, cases]) => [metric, Map.groupBy(cases, (flip) => sliceId(metric, flip))]),
  );
  const sameAs = new Map(input.sameCases.flatMap((group) => group.map((slice) => [slice, group] as const)));
  return input.slices.map((evidence) => {
    const decision = judgement.decisions.get(evidence) ?? null;
    const id = sliceId(evidence.metric.id, evidence.key);
    const names = { id, dimension: evidence.scoped.dimension, value: evidence.key.value };
    const kind = decision?.verdict === 'DEBT' ? 'debt' : 'waiver';
    const waivable = decision !== null && ['BLOCK', 'REVIEW', 'UNTESTED', 'DEBT'].includes(decision.verdict);
    const member = input.memberP.get(evidence);
    const report = sliceReport({
      evidence,
      decision,
      adjustment: decision === null ? null : judgement.adjustment,
      power: input.powerOf(evidence, alphaOf(evidence)),
      flips: flipsById.get(evidence.metric.id)?.get(id) ?? [],
      histories: input.histories,
      waiver: waivable ? waiverFor(names, kind, waivers, runHash, today) : null,
      sameCasesAs: (sameAs.get(evidence) ?? [])
        .filter((other) => other !== evidence)
        .map((other) => `${other.scoped.dimension} = ${other.key.value}`),
      family: member?.family ?? null,
      memberP: member?.adjusted ?? null,
      pairing,
      train: input.training?.get(trainingKey(evidence.key)) ?? null,
    });
    if (report.verdict !== 'DEBT' || report.waiver === null) return report;
    const state = report.waiver.expired ? 'debt entry expired' : 'debt';
    return {
      ...report,
      reason: `below the floor in both runs; ${state} ${report.waiver.expires}, owner ${report.waiver.owner}`,
    };
  });
}

/** The level at which a slice is tested alone: its family's budget by the number of slices tested in it. */
function levels(
  { budgets, decisions, tested }: Judgement,
  { minCases }: Config['policy'],
): (evidence: SliceEvidence) => number {
  const critical = [...decisions.keys()].filter(
    (slice) => slice.n >= minCases && slice.rules.critical,
  ).length;
  const share = (budget: number, slices: number) => budget / Math.max(1, slices);
  const whole = share(budgets.delta, tested);
  const ofCritical = share(budgets.critical, critical);
  const ofOthers = share(budgets.other, tested - critical);
  return (slice) => {
    const own = slice.rules.critical ? ofCritical : ofOthers;
    return decisions.has(slice) && own > 0 ? own : whole;
  };
}

function absentReports({ scope, slices, config }: ReleaseInput): SliceReport[] {
  const present = Map.groupBy(
    slices.flatMap(({ key }) => (key.state === 'value' ? [key] : [])),
    ({ grouping }) => grouping,
  );
  return scope.groupings.flatMap((scoped) => {
    const found = new Set((present.get(scoped.grouping.id) ?? []).map(({ value }) => value));
    return absentSlices(scoped, found).map((value) =>
      absentSliceReport(scoped, value, scope.metrics[0], scope.metrics[0].margin ?? config.policy.margin),
    );
  });
}

function reportCounts(
  { profile, pairing, pairedBy, looks }: ReleaseInput,
  slices: readonly SliceReport[],
): ReportCounts {
  const gated = slices.filter(({ role }) => role === 'gated');
  const lowN = gated.filter(({ verdict }) => verdict === 'LOW-N');
  const deciding = gated.filter(({ verdict }) => verdict !== 'LOW-N' && verdict !== 'DEBT');
  return {
    paired: profile.paired,
    onlyBaseline: profile.onlyBaseline,
    onlyCandidate: profile.onlyCandidate,
    edited: profile.edited,
    pairing,
    pairedBy: pairing === 'paired' ? pairedBy : null,
    slices: gated.length,
    gatedSlices: deciding.length,
    undecided: deciding.filter(({ grade }) => grade === 'undecided').length,
    nonInferior: deciding.filter(({ grade }) => grade === 'non-inferior').length,
    lowN: lowN.length,
    lowNCases: lowN.reduce((sum, { counts }) => sum + counts.cases, 0),
    debt: gated.filter(({ verdict }) => verdict === 'DEBT').length,
    looks,
  };
}

function overallReport(evidence: SliceEvidence, input: ReleaseInput): OverallReport {
  const { baseline, candidate, delta } = evidence;
  return {
    metric: evidence.metric.id,
    gated: false,
    n: evidence.n,
    baseline,
    candidate,
    delta,
    direction: evidence.direction,
    lost: evidence.lost,
    gained: evidence.gained,
    pValueTwoSided: evidence.test?.pValueTwoSided ?? null,
    conclusion: conclude(evidence, input.rerun?.band ?? null),
    unpairedStandardError: unpairedError(evidence),
    weighted: input.weighted.get(evidence.metric.id) ?? null,
    rerunBand: evidence.metric.measure.kind === 'passRate' ? (input.rerun?.band ?? null) : null,
  };
}

function unpairedError({ tally }: SliceEvidence): number | null {
  const of = (values: typeof tally.baselineValues) => {
    const n = values.reduce((sum, { cases }) => sum + cases, 0);
    if (n < 2) return null;
    const mean = values.reduce((sum, { value, cases }) => sum + value * cases, 0) / n;
    const squares = values.reduce((sum, { value, cases }) => sum + cases * (value - mean) ** 2, 0);
    return squares / (n - 1) / n;
  };
  const before = of(tally.baselineValues);
  const after = of(tally.candidateValues);
  return before === null || after === null ? null : Math.sqrt(before + after);
}

/** Cases outside every slice of a gated dimension; of several dimensions the one that leaves out most. */
function unsliced(slices: readonly SliceReport[], scope: Scope): Report['unsliced'] {
  const gated = new Set(
    scope.groupings.filter(({ role }) => role === 'gated').map(({ dimension }) => dimension),
  );
  const outside = slices.filter(
    ({ metric, state, dimension }) =>
      metric === scope.metrics[0].id && state !== 'value' && state !== 'ignored' && gated.has(dimension),
  );
  const byDimension = Map.groupBy(outside, ({ dimension }) => dimension);
  const totals = [...byDimension.values()].map((rows) =>
    rows.reduce((sum, { counts }) => sum + counts.cases, 0),
  );
  const cases = Math.max(0, ...totals);
  const reason =
    cases === 0
      ? 'every case belongs to a slice of every gated dimension'
      : 'cases whose gated attribute is missing, or differs between rows';
  return { cases, reason };
}
