/** The candidate beside baselines, from the gate's own comparison with them. */

import { type BaselineDiagnosis, missingBaselines } from '../../checks/index.ts';
import { metricName } from '../../counts/index.ts';
import { sliceLabel } from '../../gate/index.ts';
import type { TrivialLift } from '../../models/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import type { BaselineRow, ClassBaselines } from '../contract/index.ts';
import { whyNoClasses } from './class-overview.ts';

/** Everything that the gate compared the candidate with. */
export function classBaselines(release: OpenRelease): ClassBaselines {
  const found = release.diagnosis.baselines;
  if (found === null) {
    const why = whyNoClasses(release);
    return {
      kind: 'none',
      reason: why.possible ? 'The new run holds no true labels.' : why.reason,
      todo: why.possible ? 'Name them with --map expected=COLUMN.' : why.todo,
    };
  }
  if (found.kind === 'not applicable') {
    return {
      kind: 'none',
      reason: `No comparison with trivial answers: ${found.reason}.`,
      todo: 'Baselines of your own can be named in slicewise.yaml under baselines.',
    };
  }
  return compared(found, release);
}

function compared(
  found: BaselineDiagnosis & { readonly kind: 'compared' },
  { scope }: OpenRelease,
): ClassBaselines {
  const dimensions = new Map(scope.groupings.map(({ grouping, dimension }) => [grouping.id, dimension]));
  const { overall, slices, others } = found;
  return {
    ...{ kind: 'compared', metric: metricName(found.metric), n: overall.n, candidate: overall.model },
    rows: [
      ...trivialRows(overall),
      ...others.map(
        ({ name, kind, score, lift, how, fails }): BaselineRow => ({
          ...{ name, kind, score: score.estimate, interval: score, lift, how },
          problem: fails === null ? null : `the candidate is not shown to be clearly better than ${name}`,
        }),
      ),
    ],
    slices: slices
      .map(({ key, lift }) => ({
        name: sliceLabel(
          { dimension: dimensions.get(key.grouping) ?? key.grouping, value: key.value, state: 'value' },
          true,
        ),
        n: lift.n,
        candidate: lift.model,
        best: trivialRows(lift)[0]!,
      }))
      .toSorted((a, b) => (a.best.lift?.estimate ?? 0) - (b.best.lift?.estimate ?? 0)),
    oneClass: found.oneClass,
    small: found.small,
    unlabelled: found.unlabelled,
    missing: missingBaselines(found),
  };
}

/** The best first: it alone is compared case by case. */
function trivialRows({ baselines, lift, fails, k }: TrivialLift): readonly BaselineRow[] {
  return baselines.map(({ name, guess, score }, at) => ({
    name:
      name === 'stratified random'
        ? 'random answers in proportion to the labels'
        : k === 1
          ? `always ${guess[0] ?? ''}`
          : `always the ${guess.length} most frequent labels`,
    kind: 'trivial',
    score,
    interval: null,
    lift: at === 0 ? lift : null,
    how: 'knows the labels of these very cases; exact, so without an interval',
    problem:
      at > 0 || fails === null
        ? null
        : fails === 'share'
          ? 'it reaches too much of the score of the candidate'
          : 'the candidate is not shown to be better',
  }));
}
