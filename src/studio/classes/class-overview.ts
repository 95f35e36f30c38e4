/** What the classes page can show of a release, and what to add where it cannot. */

import { probabilityColumnNames, probabilityColumns } from '../../cases/index.ts';
import { DEFAULT_CLASS_FLOOR } from '../../config/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { hasProbabilities } from '../../stages/index.ts';
import type { ClassOverview, MistakeCosts, Possible } from '../contract/index.ts';
import { classSlices } from './class-slices.ts';

/** Everything that is known before a slice is chosen. */
export function classOverview(release: OpenRelease): ClassOverview {
  const { config, comparison, diagnosis, report } = release;
  const { candidate, baseline } = comparison;
  const found = diagnosis.classes?.kind === 'classes' ? diagnosis.classes : null;
  const { mapping, columns } = candidate.opened;
  const nameOf = ({ name, run, files }: typeof report.candidate) => name ?? run ?? files.join(', ');
  return {
    classes: whyNoClasses(release),
    probabilities: whyNoProbabilities(release),
    runs: {
      baseline: report.baseline && nameOf(report.baseline),
      candidate: nameOf(report.candidate),
    },
    columns: {
      expected: mapping.expected ?? baseline?.opened.mapping.expected ?? null,
      predicted: {
        baseline: baseline?.opened.mapping.predicted ?? null,
        candidate: mapping.predicted ?? null,
      },
      probabilities: probabilityColumnNames(probabilityColumns(mapping, columns)).join(', ') || null,
    },
    labels: found?.labels ?? 0,
    multiLabel: found?.multiLabel ?? false,
    severalTrials: found?.severalTrials ?? 0,
    slices: found === null ? [] : classSlices(release),
    level: config.policy.level,
    minCases: config.policy.minCases,
    floor: found?.floor ?? { value: DEFAULT_CLASS_FLOOR, configured: false },
    positive: config.classes?.positive ?? diagnosis.probabilities?.positive ?? null,
    costs: configuredCosts(release),
  };
}

/** Costs of a miss and a false alarm as configured; null where nothing, or a whole matrix, is. */
export function configuredCosts({ config }: Pick<OpenRelease, 'config'>): MistakeCosts | null {
  const costs = config.classes?.costs;
  return costs?.kind === 'errors' ? { miss: costs.miss, falseAlarm: costs.falseAlarm } : null;
}

/** Whether true labels stand beside answers that are classes. */
export function whyNoClasses({ diagnosis, comparison }: OpenRelease): Possible {
  if (diagnosis.classes?.kind === 'classes') return { possible: true };
  if (diagnosis.classes?.kind === 'no classes') {
    return {
      possible: false,
      reason: diagnosis.classes.reason,
      todo: 'If other columns hold classes, name them: --map expected=COLUMN --map predicted=COLUMN, or columns: in slicewise.yaml.',
    };
  }
  const lacking = (['expected', 'predicted'] as const).filter((role) =>
    comparison.mappings.some((mapping) => mapping[role] === undefined),
  );
  const names = lacking.map((role) => (role === 'expected' ? 'true labels' : 'answered labels'));
  return {
    possible: false,
    reason: `No column is known to hold the ${names.join(' and the ')}${comparison.mappings.length > 1 ? ' in both runs' : ''}.`,
    todo: `Add a column named ${lacking.join(' and one named ')} to the results, or name yours: ${lacking.map((role) => `--map ${role}=COLUMN`).join(' ')}`,
  };
}

/** Whether probabilities stand beside true labels. */
export function whyNoProbabilities({ diagnosis, comparison: { candidate } }: OpenRelease): Possible {
  if (diagnosis.probabilities !== null) return { possible: true };
  if (hasProbabilities(candidate)) {
    return {
      possible: false,
      reason: 'No row of the new run holds probabilities that can be read.',
      todo: 'Write a number from 0 to 1 for the positive class, or an object of numbers by label that sum to 1.',
    };
  }
  const { expected } = candidate.opened.mapping;
  return {
    possible: false,
    reason:
      expected === undefined
        ? 'Probabilities can only be judged beside true labels, and no column is known to hold them.'
        : 'The new run has no probabilities beside its answers.',
    todo: `${expected === undefined ? 'Name the true labels with --map expected=COLUMN. ' : ''}Add a column probabilities (a number, a list or an object by label), or name yours: --map probabilities=COLUMN`,
  };
}
