/** The cases behind one cell of a confusion matrix, with the answers of both runs. */

import { DEFAULT_CLASSES } from '../../config/index.ts';
import { type AnswerFilter, type LabelAnswer, NO_LABEL } from '../../counts/index.ts';
import { UsageError } from '../../errors.ts';
import type { OpenRelease } from '../../pipeline.ts';
import type { CellAnswer, ConfusionCase, ConfusionCases, ConfusionCell } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { cellPredicate } from './cell-predicate.ts';
import { countedSlice } from './counted-classes.ts';

/** Cases that are listed; all are counted. */
const MOST_CASES = 200;

/**
 * The cases of a slice with this true label and this answer of a run, out of those that the matrix counts.
 *
 * @throws UsageError where there are no classes, or no such slice
 */
export async function confusionCases(session: StudioSession, cell: ConfusionCell): Promise<ConfusionCases> {
  const { slice, options } = await countedSlice(session, cell.slice);
  const { config, comparison } = session.release;
  if (cell.run === 'baseline' && comparison.baseline === null) {
    throw new UsageError({ message: 'there is no baseline', where: { field: 'run' } });
  }
  const { abstain } = config.classes ?? DEFAULT_CLASSES;
  const fits = answersLike(cell.answer, abstain);
  const compared = options.pairing === 'paired' ? answered(config.policy.errors) : ANY;
  return session.inTurn(async (release) => {
    const found = await release.comparison.engine.labelled({
      within: cell.slice === null ? null : { ...slice.key, grouping: slice.grouping },
      expected: cell.expected,
      baseline: cell.run === 'baseline' ? fits : compared,
      candidate: cell.run === 'candidate' ? fits : compared,
      limit: MOST_CASES,
    });
    const texts = await textsOf(
      release,
      found.cases.map(({ id }) => id),
    );
    return {
      total: found.total,
      predicate: cellPredicate(cell, comparison[cell.run]!.opened, abstain),
      cases: found.cases.map(
        ({ id, baseline, candidate }): ConfusionCase => ({
          id,
          text: texts.get(id) ?? null,
          baseline: cellAnswer(baseline, abstain),
          candidate: cellAnswer(candidate, abstain),
        }),
      ),
    };
  });
}

/** Anything, also that the run lacks the case. */
const ANY: AnswerFilter = { answers: [], wanted: false };

/** What a run must have of a case that is compared with the other run's. */
function answered(errors: 'fail' | 'exclude'): AnswerFilter {
  return { answers: [NO_LABEL.absent, ...(errors === 'exclude' ? [NO_LABEL.error] : [])], wanted: false };
}

/** Labels by which a run says that it does not know are no answer. */
function answersLike(answer: CellAnswer, abstain: readonly string[]): AnswerFilter {
  switch (answer.kind) {
    case 'class':
      return { answers: abstain.includes(answer.label) ? [] : [answer.label], wanted: true };
    case 'no answer':
      return { answers: [NO_LABEL.none, ...abstain], wanted: true };
    case 'error':
      return { answers: [NO_LABEL.error], wanted: true };
  }
}

/** Null where the run does not have the case. */
function cellAnswer(answer: LabelAnswer, abstain: readonly string[]): CellAnswer | null {
  if (answer === NO_LABEL.absent) return null;
  if (answer === NO_LABEL.error) return { kind: 'error' };
  if (typeof answer === 'number' || abstain.includes(answer)) return { kind: 'no answer' };
  return { kind: 'class', label: answer };
}

/** The beginnings of inputs. */
async function textsOf(
  { comparison: { engine } }: Pick<OpenRelease, 'comparison'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ConfusionCase['text']>> {
  if (ids.length === 0) return new Map();
  const page = await engine.cases({
    ...{ within: [], classes: null, withErrors: false, words: [], ids, columns: [] },
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
    order: { by: 'id', descending: false },
    ...{ offset: 0, limit: ids.length },
  });
  return new Map(page.cases.map(({ id, input }) => [id, input]));
}
