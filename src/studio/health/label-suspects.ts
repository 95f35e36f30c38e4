/** Cases whose label is contradicted by every run and by a text model that never saw it: suspects for a person to read, not errors. */

import { setImmediate } from 'node:timers/promises';
import { labelOfCell } from '../../derived/index.ts';
import { foldSplits, heldOutPredictions, MAX_CLASSES } from '../../models/index.ts';
import { compareText } from '../../slices/index.ts';
import { knownText, type LoadedRun, rowsOf } from '../../stages/index.ts';
import { wilsonInterval } from '../../stats/index.ts';
import { whyNoClasses } from '../classes/class-overview.ts';
import type { LabelSuspect, LabelSuspects } from '../contract/index.ts';
import { cutText } from '../cut-text.ts';
import type { StudioSession } from '../session.ts';
import type { Work } from './jobs.ts';

const FOLDS = 5;
/** Cases that the text model learns from; the rest is counted. */
const MOST_CASES = 20_000;
/** Suspects that are listed, surest first. */
const MOST_SUSPECTS = 500;

/** A case that everything is known of. */
interface Answered {
  readonly id: string;
  readonly text: string;
  readonly label: string;
  /** One per run. */
  readonly answers: readonly (string | null)[];
}

/** The work of asking a text model about every label. */
export function suspectsWork(session: StudioSession): Work<LabelSuspects> {
  const { comparison } = session.release;
  const { input } = comparison.candidate.opened.mapping;
  const classes = whyNoClasses(session.release);
  return {
    key: 'health: label suspects',
    impossible: !classes.possible
      ? { reason: classes.reason, todo: classes.todo }
      : session.release.diagnosis.classes?.kind === 'classes' && session.release.diagnosis.classes.multiLabel
        ? {
            reason: 'Cases carry several labels: no single one can be contradicted.',
            todo: 'Nothing to add.',
          }
        : input === undefined
          ? {
              reason: 'The results have no input texts that a text model could read.',
              todo: 'Add a column input, or name yours: --map input=COLUMN.',
            }
          : null,
    run: async (say) => {
      say('reading the answers');
      const { cases, answered } = await readAnswered(session);
      return suspectsAmong(cases, answered, session, say);
    },
  };
}

async function suspectsAmong(
  cases: number,
  all: readonly Answered[],
  { release: { config } }: StudioSession,
  say: (stage: string) => void,
): Promise<LabelSuspects> {
  const own = all.slice(0, MOST_CASES);
  const texts = own.map(({ text }) => text);
  const labels = own.map(({ label }) => label);
  const { seed, level } = config.policy;
  // The same text twice is one text: a model that learned from its twin has seen it.
  const distinct = new Set(texts).size;
  const groups = distinct < texts.length ? texts : null;
  const folds = Math.min(FOLDS, distinct);
  const tooMany = new Set(labels).size > MAX_CLASSES;
  const splits = folds < 2 || tooMany ? [] : foldSplits(labels, { folds, groups }, seed);
  const suspects: LabelSuspect[] = [];
  let [right, judged, runsAgree] = [0, 0, 0];
  for (const [at, split] of splits.entries()) {
    say(`fold ${at + 1} of ${folds}: learning from ${split.train.length} texts`);
    // Other questions are answered between the folds.
    await setImmediate();
    const found = heldOutPredictions(texts, labels, [split], 'logistic', { seed }, groups);
    const codeOf = new Map(found.labels.map((label, code) => [label, code]));
    for (const place of split.test) {
      const { id, text, label, answers } = own[place]!;
      const prediction = found.predictions[place]!;
      judged++;
      if (prediction.label === label) right++;
      const [instead = null] = answers;
      if (instead === null || instead === label || answers.some((answer) => answer !== instead)) continue;
      runsAgree++;
      if (prediction.label !== instead) continue;
      const probabilityOf = (name: string) => prediction.probabilities[codeOf.get(name) ?? -1] ?? 0;
      suspects.push({
        ...{ caseId: id, text: cutText(text), label, instead },
        modelAnswer: probabilityOf(instead),
        modelLabel: probabilityOf(label),
      });
    }
  }
  suspects.sort(
    (a, b) =>
      b.modelAnswer - b.modelLabel - (a.modelAnswer - a.modelLabel) || compareText(a.caseId, b.caseId),
  );
  return {
    cases,
    compared: judged,
    leftOut: cases - judged,
    runsAgree,
    total: suspects.length,
    suspects: suspects.slice(0, MOST_SUSPECTS),
    modelAccuracy: wilsonInterval(right, judged, level),
    runs: own[0]?.answers.length ?? 0,
    folds,
  };
}

/** Labelled cases with a text and an answer of each run, in the order of the new run; of several trials the first row answers. */
async function readAnswered({ release: { comparison } }: StudioSession) {
  const { baseline, candidate } = comparison;
  const after = await answersOf(candidate, MOST_CASES);
  const before = baseline === null ? null : await answersOf(baseline, 0);
  const answered = [...after].flatMap(([id, { text, label, answer }]): readonly Answered[] => {
    const older = before?.get(id);
    if (text === null || label === null || (before !== null && older === undefined)) return [];
    return [{ id, text, label, answers: older === undefined ? [answer] : [older.answer, answer] }];
  });
  return { cases: after.size, answered };
}

/** @param texts so many texts are kept: those of cases with a label, in the order of the run */
async function answersOf(run: LoadedRun, texts: number) {
  const { input, expected, predicted } = run.opened.mapping;
  const wanted = [input, expected, predicted].filter((column) => column !== undefined);
  const found = new Map<
    string,
    { readonly text: string | null; readonly label: string | null; readonly answer: string | null }
  >();
  let kept = 0;
  for await (const { caseId, attributes } of rowsOf(run, wanted).chunks) {
    for (const [row, id] of caseId.entries()) {
      if (found.has(id)) continue;
      const cellOf = (column: string | undefined) => attributes.get(column ?? '')?.[row] ?? null;
      const label = labelOfCell(cellOf(expected));
      const text = label === null || kept >= texts ? null : knownText(cellOf(input));
      if (text !== null) kept++;
      found.set(id, { text, label, answer: labelOfCell(cellOf(predicted)) });
    }
  }
  return found;
}
