/** The rows of a release, one for each slice and metric. */

import { absentSlices } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import { sliceId } from '../slices/index.ts';
import type { Steps } from '../steps.ts';
import type { Judgement } from './judge.ts';
import type { ReleaseInput } from './release-input.ts';
import type { SliceReport } from './report.ts';
import { absentSliceReport, sliceReport, trainingKey } from './slice-report.ts';
import { waiverFor } from './waivers.ts';

/** Slices after which others may have their turn. */
const AT_ONCE = 500;

/** The rows of all slices that there are, in steps. */
export function* sliceReports(input: ReleaseInput): Steps<readonly SliceReport[]> {
  const { judgement, flips, waivers, runHash, today, pairing } = input;
  const alphaOf = levels(judgement, input.config.policy);
  const flipsById = new Map(
    [...flips].map(([metric, cases]) => [metric, Map.groupBy(cases, (flip) => sliceId(metric, flip))]),
  );
  const sameAs = new Map(input.sameCases.flatMap((group) => group.map((slice) => [slice, group] as const)));
  const reports: SliceReport[] = [];
  for (const evidence of input.slices) {
    if (reports.length % AT_ONCE === 0) yield;
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
      minCases: input.config.policy.minCases,
      train: input.training?.get(trainingKey(evidence.key)) ?? null,
    });
    reports.push(withDebt(report));
  }
  return reports;
}

/** Says of a debt who owns it until when. */
function withDebt(report: SliceReport): SliceReport {
  if (report.verdict !== 'DEBT' || report.waiver === null) return report;
  const state = report.waiver.expired ? 'debt entry expired' : 'debt';
  return {
    ...report,
    reason: `below the floor in both runs; ${state} ${report.waiver.expires}, owner ${report.waiver.owner}`,
  };
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

/** Slices that are configured and not there. */
export function absentReports({ scope, slices, config }: ReleaseInput): SliceReport[] {
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
