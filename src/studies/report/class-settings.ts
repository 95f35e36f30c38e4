/** How the classes of a report are judged: what flags and configuration say of the positive class, costs and the label map. */

import { foundText, foundTexts } from '../../cases/index.ts';
import type { LabelParents } from '../../classes/index.ts';
import type { ClassCosts } from '../../config/index.ts';
import { probabilityLabels } from '../../derived/index.ts';
import { UsageError } from '../../errors.ts';
import { readCostFile, readCostFlag, readLabelMap } from './class-files.ts';
import type { ReportRequest } from './request.ts';

/** What holds for the classes of a report. */
export interface ClassSettings {
  /** Null where nobody said and the labels do not tell. */
  readonly positive: string | null;
  readonly costs: ClassCosts | null;
  readonly parents: LabelParents | null;
}

/**
 * Reads the files and finds the positive class among the labels.
 *
 * @param labels every label, true or predicted
 * @throws UsageError where a class is no label, costs of a miss need a positive class that nobody named, or a named one is no label
 */
export async function classSettings(
  { config, classes: shown, positive, cost, costsFile, labelMap }: ReportRequest,
  labels: readonly string[],
  cwd: string,
): Promise<ClassSettings> {
  const { classes } = config;
  const unknown = shown.filter((label) => !labels.includes(label));
  if (unknown.length > 0) {
    throw new UsageError({
      message: `--class names ${foundTexts(unknown, 5)}, which no case has and no run answers: the labels are ${foundTexts(labels, 12)}`,
    });
  }
  const said = positive ?? classes?.positive ?? null;
  if (said !== null && positive !== null && !labels.includes(positive)) {
    throw new UsageError({
      message: `--positive ${foundText(positive)} is no label: the labels are ${foundTexts(labels, 12)}`,
    });
  }
  const costs =
    cost !== null
      ? readCostFlag(cost)
      : costsFile !== null
        ? await readCostFile(costsFile, cwd)
        : (classes?.costs ?? null);
  const known = labels.length > 2 ? null : probabilityLabels(new Set(labels), null);
  const found =
    said ??
    (known?.isPositiveSure
      ? (labels.find((label) => known.indexOf(label) === known.positive) ?? null)
      : null);
  if (costs?.kind === 'errors' && found === null) {
    throw new UsageError({
      message: `a miss and a false alarm are about one class, and none of ${foundTexts(labels, 12)} is known as the positive one`,
      hint: '--positive LABEL',
    });
  }
  const map = classes?.map ?? null;
  const parents =
    labelMap !== null
      ? await readLabelMap(labelMap, cwd)
      : map === null
        ? null
        : 'parents' in map
          ? map.parents
          : await readLabelMap(map.file, cwd);
  return { positive: found, costs, parents };
}

/** Costs in words. */
export function costsText(costs: ClassCosts): string {
  if (costs.kind === 'matrix') {
    return `${costs.rows.length} pairs of labels, ${costs.otherwise} for any other mistake`;
  }
  const { miss, falseAlarm, noAnswer } = costs;
  return `a miss costs ${miss}, a false alarm ${falseAlarm}${noAnswer === null ? '' : `, no answer ${noAnswer}`}`;
}
