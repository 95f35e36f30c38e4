/** Two sets of answers to the same rows, counted by which of them is right. */

import {
  clusterMean,
  type Estimate,
  type PairedCounts,
  studentTQuantile,
  tangoInterval,
  wilsonInterval,
} from '../stats/index.ts';

/** Rows of one group, such as a customer, tend to be right or wrong together; null where rows stand alone. */
type Groups = readonly string[] | null;

/**
 * Share of right answers with Wilson's interval; with Student's over CR2 errors where rows come in groups.
 *
 * @param isRight one per row; null where a row has no answer, which is left out
 */
export function accuracyOf(
  isRight: readonly (boolean | null)[],
  level: number,
  groups: Groups = null,
): Estimate {
  const answered = isRight.flatMap((right, row) => (right === null ? [] : [{ value: Number(right), row }]));
  const plain = wilsonInterval(answered.filter(({ value }) => value === 1).length, answered.length, level);
  return clustered(answered, groups, plain, 0);
}

/** Accuracy of `model` minus that of `other` over the rows that both answer, paired. */
export function pairedLift(
  model: readonly (boolean | null)[],
  other: readonly (boolean | null)[],
  level: number,
  groups: Groups = null,
): Estimate {
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 } satisfies PairedCounts;
  const differences: { readonly value: number; readonly row: number }[] = [];
  model.forEach((right, row) => {
    const otherRight = other[row] ?? null;
    if (right === null || otherRight === null) return;
    differences.push({ value: Number(right) - Number(otherRight), row });
    if (right) counts[otherRight ? 'both' : 'candidateOnly']++;
    else counts[otherRight ? 'baselineOnly' : 'neither']++;
  });
  return clustered(differences, groups, tangoInterval(counts, level), -1);
}

/** The estimate with the error of its groups; as it is where every row is a group, or where groups do not differ. */
function clustered(
  values: readonly { readonly value: number; readonly row: number }[],
  groups: Groups,
  plain: Estimate,
  least: number,
): Estimate {
  if (groups === null) return plain;
  const own = values.map(({ row }) => groups[row]!);
  if (new Set(own).size === own.length) return plain;
  const found = clusterMean(
    values.map(({ value }) => value),
    own,
  );
  const { mean, seCr2, dfCr2, clusters } = found;
  if (mean === null || seCr2 === null || dfCr2 === null || seCr2 === 0) return plain;
  const half = studentTQuantile((1 + plain.level) / 2, dfCr2) * seCr2;
  return {
    ...plain,
    lower: Math.max(least, mean - half),
    upper: Math.min(1, mean + half),
    method: `CR2 over ${clusters} groups`,
  };
}
