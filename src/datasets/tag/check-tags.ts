/** Joins the labels of a person with the tags of the rules. */

import { foundTexts } from '../../cases/index.ts';
import type { TagRules } from '../../config/index.ts';
import { DataError } from '../../errors.ts';
import { PROBABILITY, readLabels } from './read-labels.ts';
import { type CheckedCase, tagAccuracy } from './tag-accuracy.ts';
import type { CheckedTags } from './tag-definition.ts';
import type { TaggedCase } from './tagged-cases.ts';

/**
 * Precision and recall of the tags on the labelled cases, and what a reader must know about the labels.
 *
 * @throws DataError where the labels cannot be read, or none of them is about a case of the run
 */
export async function checkTags(
  file: string,
  rules: TagRules,
  cases: ReadonlyMap<string, TaggedCase>,
  from: { readonly cwd: string; readonly stdin?: AsyncIterable<Uint8Array> | undefined },
): Promise<{ readonly checked: CheckedTags; readonly notes: readonly string[] }> {
  const { cwd, stdin } = from;
  const labels = await readLabels(file, rules.name, { cwd, ...(stdin === undefined ? {} : { stdin }) });
  const known = [...labels.byCase].filter(([id]) => cases.has(id));
  if (known.length === 0) {
    throw new DataError({
      message: `${file} labels no case of this run (${labels.byCase.size} other cases, ${labels.open} open)`,
      hint: 'fill in the column label of a worksheet that --sample wrote for this run',
      where: { file },
    });
  }
  const checked = known.map(([id, { tags, probability }]): CheckedCase => {
    return { found: cases.get(id)?.tags ?? [], truth: tags, probability };
  });
  const names = new Set([...rules.rules.map(({ tag }) => tag), rules.otherwise]);
  const foreign = [...new Set(checked.flatMap(({ truth }) => truth))].filter((tag) => !names.has(tag));
  const unknown = labels.byCase.size - known.length;
  return {
    checked: { file, cases: known.length, accuracy: tagAccuracy(checked) },
    notes: [
      ...(unknown === 0 ? [] : [`${unknown} labelled cases of ${file} are not in the run`]),
      ...(labels.open === 0 ? [] : [`${labels.open} rows of ${file} have no label yet`]),
      ...(foreign.length === 0 ? [] : [`labels that no rule gives: ${foundTexts(foreign, 5)}`]),
      ...(labels.hasProbabilities
        ? []
        : [
            `${file} has no column ${PROBABILITY}: every label weighs the same, so recall holds only for a plain random sample`,
          ]),
    ],
  };
}
