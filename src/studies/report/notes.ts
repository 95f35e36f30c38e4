/** What a reader of a report must know beside the numbers: what was left out, and what could be said with more inputs. */

import type { ComparisonProfile } from '../../engines/index.ts';
import type { Pairing } from '../../evidence/index.ts';
import type { Comparison } from '../../stages/index.ts';
import type { ReportedClasses } from './class-report.ts';
import type { ReportRequest } from './request.ts';

/** What the notes are about. */
export interface ReportNoted {
  readonly request: ReportRequest;
  readonly comparison: Comparison;
  readonly profile: ComparisonProfile;
  readonly classes: ReportedClasses | null;
  readonly hasLabels: boolean;
  readonly hasProbabilities: boolean;
  readonly pairing: Pairing;
  /** Detected dimensions that tell right from wrong exactly. */
  readonly results: ReadonlySet<string>;
}

/** Sentences, in order, each once. */
export function reportNotes(noted: ReportNoted): readonly string[] {
  const { request, comparison, classes, pairing } = noted;
  const opened = [comparison.baseline?.opened.notes ?? [], comparison.candidate.opened.notes].flat();
  return [
    ...new Set([
      ...request.config.notes,
      // Labels alone are enough for a report.
      ...opened.filter(
        (note) => classes === null || !note.startsWith('no column says whether a case passed'),
      ),
      ...(pairing === 'unpaired'
        ? [
            'the runs share no case: differences are between two samples, and need more cases to show anything',
          ]
        : []),
      ...(noted.results.size === 0
        ? []
        : [
            `no dimension but a result, since it tells right from wrong exactly: ${[...noted.results].join(', ')} (--slice insists)`,
          ]),
      ...answerNotes(classes),
      ...missingInputs(noted),
    ]),
  ];
}

function answerNotes(classes: ReportedClasses | null): readonly string[] {
  if (classes === null) return [];
  const { abstained, errors } = classes.slices[0]!.figures;
  const { severalTrials } = classes;
  const wrong = [
    [abstained.candidate, 'without an answer'],
    [errors.candidate, 'with an error'],
  ].filter(([cases]) => Number(cases) > 0);
  return [
    ...(wrong.length === 0
      ? []
      : [
          `${wrong.map(([cases, what]) => `${cases} cases ${what}`).join(' and ')} count as wrong: they lower recall, not precision`,
        ]),
    ...(severalTrials > 0 ? [`${severalTrials} cases have several trials: the first one answers`] : []),
  ];
}

/** What would say more. */
function missingInputs({
  request,
  comparison,
  hasLabels,
  hasProbabilities,
  classes,
  pairing,
}: ReportNoted): readonly string[] {
  const { expected, predicted, output } = comparison.candidate.opened.mapping;
  const notes: string[] = [];
  if (!hasLabels && request.parts === null && request.ranking === null) {
    if (expected !== undefined && predicted === undefined && output !== undefined) {
      notes.push(
        `if ${output} holds the label that was given, --map predicted=${output} adds precision and recall per class; --parts list, spans or json-fields compares answers part by part`,
      );
    } else if (expected === undefined && predicted !== undefined) {
      notes.push('--map expected=COLUMN names the true labels and adds precision and recall per class');
    }
  }
  if (classes !== null && !hasProbabilities) {
    notes.push('--map probabilities=COLUMN adds calibration, AUC and thresholds');
  }
  if (classes !== null && request.config.inputs.train.length === 0) {
    notes.push('--train FILE sets the training rows of each class beside its recall');
  }
  if (pairing === 'single run') notes.push('--baseline OLD adds what changed since another run');
  return notes;
}
