/** B-6: what held-out sources, periods and rare inputs say about the next one, in place of one in-domain number. */

import { LEAST_SPLITS, type ShiftEvidence, type ShiftsEvidence } from '../../evidence/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Check, finding, percent, plural } from '../check.ts';

const ID = 'shift-splits';

export const shiftSplits: Check = {
  kind: 'evaluation',
  practice: 'B-6',
  missing: ({ diagnosis }) =>
    diagnosis?.shifts == null ? 'shifts: [{ column: ..., inDomain: ... }] in slicewise.yaml' : null,
  run: ({ diagnosis, config }) =>
    (diagnosis?.shifts ?? []).flatMap((evidence) =>
      evidence.inDomain.n < config.policy.minCases
        ? [withoutInDomain(evidence, config.policy.minCases)]
        : evidence.shifts.map((shift) =>
            shift.splits.length < LEAST_SPLITS ? untested(shift) : drops(shift, evidence),
          ),
    ),
};

function withoutInDomain({ column, inDomain }: ShiftsEvidence, minCases: number) {
  return finding({
    check: ID,
    kind: 'evaluation',
    verdict: 'UNTESTED',
    reason: `${column} has ${plural(inDomain.n, 'in-domain case')}, below the ${minCases} that a drop can be measured from`,
    remedy: 'name the values that are like the training data: shifts: [{ column: ..., inDomain: [...] }]',
    source: 'B-6',
  });
}

function untested({ shift, splits, small }: ShiftEvidence) {
  const left = small.length === 0 ? '' : `; ${plural(small.length, 'more')} below the minimum of cases`;
  return finding({
    check: ID,
    kind: 'evaluation',
    verdict: 'UNTESTED',
    reason: `${shift} has ${splits.length === 0 ? 'no split' : 'one split'}${left}: nothing is known of the next one`,
    remedy: `hold out at least ${LEAST_SPLITS}: slicewise splits build`,
    source: 'B-6',
  });
}

function drops(
  { shift, splits, small, meanDrop, spread, next, coarser }: ShiftEvidence,
  evidence: ShiftsEvidence,
) {
  const [worst] = splits;
  const below = splits.filter(({ isBelowFloor }) => isBelowFloor).length;
  const { floor, metric } = evidence;
  const warning =
    below === 0
      ? ''
      : `below the floor of ${percent(floor!)}: ${below} of ${splits.length}, worst ${worst!.name} with ${percent(worst!.rate.estimate!)}; `;
  const left = small.length === 0 ? '' : `; left out below the minimum of cases: ${small.length}`;
  return finding({
    check: ID,
    kind: 'evaluation',
    slice: sliceId(metric, { grouping: evidence.column, state: 'value', value: worst!.name }),
    estimate: next,
    reason:
      `${warning}the next ${shift} drops by ${points(next.lower!)} to ${points(next.upper!)} points ` +
      `(${splits.length} splits: mean ${points(meanDrop!)}, spread ${points(spread!)}, worst ${points(worst!.drop.estimate!)} in ${worst!.name}, ` +
      `in-domain ${percent(evidence.inDomain.estimate!)}${left}${coarseText(coarser)})`,
    remedy:
      below === 0
        ? null
        : `look at the failing cases of '${worst!.name}', or lower the floor that shifts set`,
    method: next.method,
    source: 'B-6',
  });
}

/** Splits that agree more than their cases can tell. */
function coarseText(coarser: number | null): string {
  return coarser === null
    ? ''
    : `; single drops are known to ±${points(coarser)} points only, so the next may lie farther`;
}

/** Points of a rate with one decimal, and never `-0.0`. */
function points(share: number): string {
  return (share * 100).toFixed(1).replace(/^-0\.0$/, '0.0');
}
