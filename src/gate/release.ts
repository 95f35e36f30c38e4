/** Puts the release together: slices, findings and waivers become one verdict, one document. */

import { conclude } from '../checks/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import type { Scope } from '../scope/index.ts';
import { atOnce, type Steps } from '../steps.ts';
import { nextSteps } from './next-steps.ts';
import { familyNotes, floorNotes } from './notes.ts';
import { policyReport } from './policy-report.ts';
import { worstFirst } from './ranking.ts';
import type { ReleaseInput } from './release-input.ts';
import { releaseVerdict, voidingFinding, withWaivers } from './release-verdict.ts';
import {
  type OverallReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type SliceReport,
} from './report.ts';
import { exitCodeOf } from './roll-up.ts';
import { beliefLine, shipLine } from './ship-line.ts';
import { sliceFindings } from './slice-findings.ts';
import { absentReports, sliceReports } from './slice-reports.ts';
import { voidClusters, voidSlices } from './void-slices.ts';
import { type WaiverEntry, waiverNotes } from './waivers.ts';

/** The whole decision and its document. */
export function release(input: ReleaseInput): Report {
  return atOnce(releaseSteps(input));
}

/** The same in steps: with very many slices others have their turn in between. */
export function* releaseSteps(input: ReleaseInput): Steps<Report> {
  const { config, scope, judgement, runHash } = input;
  const hasBaseline = input.runs.baseline !== null;
  const given = { ...input, findings: input.checks.findings, hasBaseline };
  const reported = yield* sliceReports(input);
  const judged = voidSlices(voidClusters(reported, input), voidingFinding(given));
  yield;
  const slices = worstFirst([...judged, ...absentReports(input)]);
  yield;
  const counts = reportCounts(input, slices);
  const deciding = { ...given, slices };
  const findings = [...sliceFindings(slices, hasBaseline), ...withWaivers(input.checks.findings, deciding)];
  yield;
  const { verdict, waived, waivedFindings } = releaseVerdict(deciding);
  const notes = [
    ...input.notes,
    ...familyNotes(counts, scope),
    ...floorNotes(slices),
    ...waiverNotes(ownWaivers(input), runHash, input.today, { slices, findings: input.checks.findings }),
  ];
  yield;
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
        waivedFindings,
        budget: judgement.budgets.delta,
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
