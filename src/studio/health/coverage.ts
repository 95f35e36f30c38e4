/** What the eval set covers: cases by slice, splits by kind of shift, and the questions that its inputs cannot answer. */

import type { SliceReport } from '../../gate/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { ALL_CASES } from '../../scope/index.ts';
import type { Coverage, CoverageDimension, ShiftCoverage } from '../contract/index.ts';

/** Slices that each dimension lists, smallest first; all are counted. */
const MOST_SLICES = 500;

/** Coverage of the gated and shown dimensions, and of the configured shifts. */
export function coverageOf({ report, config, diagnosis, scope }: OpenRelease): Coverage {
  const lead = scope.metrics.find(({ gate }) => gate) ?? scope.metrics[0];
  const { paired, onlyBaseline, onlyCandidate } = report.counts;
  const total = paired + onlyBaseline + onlyCandidate;
  const own = report.slices.filter(({ metric, dimension }) => metric === lead?.id && dimension !== ALL_CASES);
  const { minCases } = config.policy;
  return {
    minCases,
    dimensions: [...Map.groupBy(own, ({ dimension }) => dimension)]
      .map(([dimension, slices]) => dimensionOf(dimension, slices, total, minCases))
      .toSorted((a, b) => Number(b.gated) - Number(a.gated)),
    shifts: (diagnosis.shifts ?? []).flatMap(({ column, inDomain, shifts }) =>
      shifts.map(
        ({ shift, splits, small, meanDrop, next }): ShiftCoverage => ({
          ...{ column, shift, inDomain, meanDrop, next },
          splits: splits.map(({ name, rate, drop, isBelowFloor }) => ({
            ...{ name, rate, drop, belowFloor: isBelowFloor },
          })),
          small: small.map(({ name }) => name),
        }),
      ),
    ),
    missing: missingInputs(config),
  };
}

function dimensionOf(
  dimension: string,
  slices: readonly SliceReport[],
  total: number,
  minCases: number,
): CoverageDimension {
  const sum = (of: readonly SliceReport[]) => of.reduce((all, { counts }) => all + counts.cases, 0);
  const values = slices.filter(({ state }) => state === 'value' || state === 'ignored');
  const small = values.filter(({ counts }) => counts.cases < minCases);
  const gated = slices.some(({ role }) => role === 'gated');
  return {
    ...{ dimension, gated, total },
    slices: values
      .toSorted((a, b) => a.counts.cases - b.counts.cases)
      .slice(0, MOST_SLICES)
      .map(({ value, counts, role }) => ({
        ...{ dimension, value, cases: counts.cases },
        gated: role === 'gated',
        small: counts.cases < minCases,
      })),
    small: small.length,
    smallCases: sum(small),
    withoutValue: sum(slices) - sum(values),
    overlapping: sum(slices) > total,
  };
}

function missingInputs({ inputs, shifts }: OpenRelease['config']): Coverage['missing'] {
  return [
    ...(shifts === undefined
      ? [
          {
            what: 'How much is lost on a new source, period or kind of input: no column of splits is named.',
            todo: 'Add shifts: [{ column: split }] to slicewise.yaml; slicewise splits build makes such splits.',
          },
        ]
      : []),
    ...(inputs.logs.length === 0
      ? [
          {
            what: 'Whether the eval set has the shares of production: no logs are named.',
            todo: 'Add inputs: { logs: [FILE] } to slicewise.yaml, or run slicewise logs LOGS --eval RESULTS.',
          },
        ]
      : []),
  ];
}
