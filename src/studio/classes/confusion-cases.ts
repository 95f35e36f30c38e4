/** The cases behind one cell of a confusion matrix, with the answers of both runs. */

import { DEFAULT_CLASSES } from '../../config/index.ts';
import { labelOfCell } from '../../derived/index.ts';
import { UsageError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import { type LoadedRun, pairingOf, rowsOf } from '../../stages/index.ts';
import type { CellAnswer, ConfusionCase, ConfusionCases, ConfusionCell } from '../contract/index.ts';
import { cutText } from '../cut-text.ts';
import type { StudioSession } from '../session.ts';
import { countedSlice } from './counted-classes.ts';

/** Cases that are listed; all are counted. */
const MOST_CASES = 200;

/** What one run says of a case. */
interface Said {
  readonly truth: string | null;
  readonly answer: CellAnswer;
  readonly text: string | null;
}

/**
 * The cases of a slice with this true label and this answer of a run.
 *
 * @throws UsageError where there are no classes, or no such slice
 */
export async function confusionCases(session: StudioSession, cell: ConfusionCell): Promise<ConfusionCases> {
  const { slice, options } = await countedSlice(session, cell.slice);
  const { release } = session;
  const { baseline, candidate } = release.comparison;
  const members = await session.once(`classes: cases of ${cell.slice ?? 'all'}`, () =>
    session.inTurn(async ({ comparison: { engine } }) => {
      const units = await engine.units({
        groupings: [slice.grouping],
        measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
        onlyDiscordant: false,
      });
      const at = units.slices.findIndex(
        ({ state, value }) => cell.slice === null || (state === slice.key.state && value === slice.key.value),
      );
      return new Set(Array.from(units.members[at] ?? [], (place) => units.ids[place]!));
    }),
  );
  const [asked, other] = cell.run === 'baseline' ? [baseline, candidate] : [candidate, baseline];
  if (asked === null) {
    throw new UsageError({ message: 'there is no baseline', where: { field: 'run' } });
  }
  const abstain = new Set((release.config.classes ?? DEFAULT_CLASSES).abstain);
  const isPaired = pairingOf(release.profile) === 'paired';
  const found = await saidBy(
    asked,
    abstain,
    (id) => members.has(id) || options.pairing === 'unpaired',
    ({ truth, answer }) => truth === cell.expected && isSame(answer, cell.answer),
  );
  const others =
    other === null
      ? null
      : await saidBy(
          other,
          abstain,
          (id) => found.has(id),
          () => true,
        );
  const ids = [...found.keys()]
    .filter((id) => !isPaired || others === null || others.has(id))
    .toSorted(compareText);
  return {
    total: ids.length,
    cases: ids.slice(0, MOST_CASES).map((id): ConfusionCase => {
      const { text, answer } = found.get(id)!;
      const beside = others?.get(id)?.answer ?? null;
      return {
        id,
        text: text === null ? null : cutText(text),
        baseline: cell.run === 'baseline' ? answer : beside,
        candidate: cell.run === 'candidate' ? answer : beside,
      };
    }),
  };
}

/** What a run says of the cases that are wanted and fit; of several trials the first one answers. */
async function saidBy(
  run: LoadedRun,
  abstain: ReadonlySet<string>,
  isWanted: (id: string) => boolean,
  fits: (said: Said) => boolean,
): Promise<ReadonlyMap<string, Said>> {
  const { input, expected, predicted, trial: trialColumn } = run.opened.mapping;
  const wanted = [input, expected, predicted].filter((column) => column !== undefined);
  const found = new Map<string, Said>();
  const isFirst = trialColumn === undefined ? () => true : firstTrials(found);
  for await (const { caseId, trial, status, attributes } of rowsOf(run, wanted, true).chunks) {
    const cellOf = (column: string | undefined, row: number) => attributes.get(column ?? '')?.[row] ?? null;
    for (const [row, id] of caseId.entries()) {
      if (!isWanted(id) || !isFirst(id, trial[row]!)) continue;
      const label = labelOfCell(cellOf(predicted, row));
      const text = cellOf(input, row);
      const said: Said = {
        truth: labelOfCell(cellOf(expected, row)),
        answer: status[row] === 'error' ? { kind: 'error' } : answerOf(label, abstain),
        text: typeof text === 'string' ? text : null,
      };
      if (fits(said)) found.set(id, said);
    }
  }
  return found;
}

/** Whether a trial comes before all that were seen of its case; what was found of a later one is taken back. */
function firstTrials(found: Map<string, Said>): (id: string, trial: string) => boolean {
  const seen = new Map<string, string>();
  return (id, trial) => {
    const before = seen.get(id);
    if (before !== undefined && compareText(trial, before) >= 0) return false;
    seen.set(id, trial);
    found.delete(id);
    return true;
  };
}

function answerOf(label: string | null, abstain: ReadonlySet<string>): CellAnswer {
  return label === null || abstain.has(label) ? { kind: 'no answer' } : { kind: 'class', label };
}

function isSame(one: CellAnswer, other: CellAnswer): boolean {
  return (
    one.kind === other.kind && (one.kind !== 'class' || other.kind !== 'class' || one.label === other.label)
  );
}
