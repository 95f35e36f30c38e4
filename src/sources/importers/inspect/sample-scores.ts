/** Reads all scores of a sample, old and new spelling, and picks the one that decides. */

import { foundText, type ProblemLog } from '../../../cases/index.ts';
import { list, record } from '../json-access.ts';
import type { FieldPlace, FieldReader } from '../typed-field.ts';
import { currentScore, isVerdict, type ScalarValue, scoreMetrics, scoreNumber } from './score-value.ts';

/** The metric that decides, of one sample. */
export interface PrimaryScore {
  readonly name: string;
  readonly number: number | null;
  /** Whether the value says right or wrong, not how much. */
  readonly isVerdict: boolean;
  readonly answer: unknown;
  readonly explanation: unknown;
}

/** The scores of one sample. */
export interface SampleScores {
  /** Null where the sample lacks the metric. */
  readonly primary: PrimaryScore | null;
  readonly numbers: Readonly<Record<string, number | null>>;
  /** Values as the log spells them. */
  readonly values: readonly { readonly name: string; readonly value: ScalarValue | null }[];
  /** What people changed, with the name of the score. */
  readonly edits: readonly Readonly<Record<string, unknown>>[];
}

/** What to look for. */
export interface WantedScores {
  readonly primary: string | null;
  readonly accuracies: ReadonlySet<string>;
  readonly log: ProblemLog;
}

/** Name of the score in logs from before scorers had names, where the header names none either. */
const UNNAMED = 'score';

/** Reads `scores`, or `score` of old logs. Malformed ones are problems. */
export function sampleScores(
  field: FieldReader,
  where: FieldPlace,
  { primary, accuracies, log }: WantedScores,
): SampleScores {
  const single = field('score', record, 'an object');
  const named =
    field('scores', record, 'an object') ?? (single === null ? {} : { [primary ?? UNNAMED]: single });
  const values: { name: string; value: ScalarValue | null }[] = [];
  const edits: Record<string, unknown>[] = [];
  let decides: PrimaryScore | null = null;
  for (const [scorer, entry] of Object.entries(named)) {
    const score = record(entry);
    const current = score === null ? null : currentScore(score);
    const metrics = current === null ? null : scoreMetrics(scorer, current.value);
    if (current === null || metrics === null) {
      const shape =
        Array.isArray(entry) || list(current?.value) !== null
          ? 'a list that Inspect does not write'
          : 'nothing that Inspect writes';
      log.add({
        message: `the score ${foundText(scorer)} is ${shape}, expected an object with a value`,
        where: { file: where.file, line: where.line, field: `scores.${scorer}` },
      });
      continue;
    }
    for (const metric of metrics) {
      values.push(metric);
      if (!isWanted(metric.name, scorer, primary, decides)) continue;
      const isAccuracy = accuracies.has(metric.name);
      decides = {
        name: metric.name,
        number: scoreNumber(metric.value),
        isVerdict: isVerdict(metric.value) || isAccuracy,
        answer: current.answer,
        explanation: current.explanation,
      };
    }
    for (const edit of current.edits) edits.push({ score: scorer, ...edit });
  }
  const numbers = Object.fromEntries(values.map(({ name, value }) => [name, scoreNumber(value)]));
  return { primary: decides, numbers, values, edits };
}

/** The wanted metric; of a scorer with several values, or without a wish, the first one. */
function isWanted(name: string, scorer: string, primary: string | null, found: PrimaryScore | null): boolean {
  return name === primary || (found === null && (primary === null || scorer === primary));
}
