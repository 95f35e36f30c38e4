/** How the classes of a report are judged: what flags and configuration say of the positive class, costs and the label map. */

import { foundText, foundTexts } from '../../cases/index.ts';
import type { LabelParents } from '../../classes/index.ts';
import { type ClassCosts, DEFAULT_CLASSES } from '../../config/index.ts';
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
  const costs = await askedCosts({ config, cost, costsFile }, cwd);
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
  const found = said ?? surePositive(labels);
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

/** The positive class of two labels that leave no doubt, such as `0` and `1`; null for others. */
function surePositive(labels: readonly string[]): string | null {
  const known = labels.length > 2 ? null : probabilityLabels(new Set(labels), null);
  if (!known?.isPositiveSure) return null;
  return labels.find((label) => known.indexOf(label) === known.positive) ?? null;
}

/** What mistakes cost: the flag, else the file, else the configuration. */
async function askedCosts(
  { config, cost, costsFile }: Pick<ReportRequest, 'config' | 'cost' | 'costsFile'>,
  cwd: string,
): Promise<ClassCosts | null> {
  if (cost !== null) return readCostFlag(cost);
  if (costsFile !== null) return readCostFile(costsFile, cwd);
  return config.classes?.costs ?? null;
}

/**
 * The configuration with the costs and the positive class of the flags, so that the metric `cost` is about them as well.
 *
 * @param labels reads every label, where nobody said which one is positive
 */
export async function withAskedCosts(
  request: ReportRequest,
  labels: () => Promise<readonly string[]>,
  cwd: string,
): Promise<ReportRequest> {
  const { config, positive } = request;
  const isMeasured = config.metrics.some(({ measure }) => measure.kind === 'class' && measure.of === 'cost');
  const costs = await askedCosts(request, cwd);
  if (!isMeasured) return request;
  if (costs === null) {
    throw new UsageError({
      message: 'the metric cost needs what mistakes cost',
      hint: '--positive LABEL --cost miss=100,false-alarm=1, or --costs FILE',
    });
  }
  const classes = { ...(config.classes ?? DEFAULT_CLASSES), costs };
  const said = positive ?? classes.positive ?? surePositive(await labels());
  return { ...request, config: { ...config, classes: { ...classes, positive: said } } };
}

/** Costs in words. */
export function costsText(costs: ClassCosts): string {
  if (costs.kind === 'matrix') {
    return `${costs.rows.length} pairs of labels, ${costs.otherwise} for any other mistake`;
  }
  const { miss, falseAlarm, noAnswer } = costs;
  return `a miss costs ${miss}, a false alarm ${falseAlarm}${noAnswer === null ? '' : `, no answer ${noAnswer}`}`;
}
