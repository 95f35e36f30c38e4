/** `slicewise splits check`: what splits say about the next one, and how alike two sets of texts are. */

import { allOrProblems, UsageError } from '../../errors.ts';
import {
  LEAST_SPLITS,
  type ShiftsEvidence,
  shiftsEvidence,
  shiftsOf,
  splitKind,
} from '../../evidence/index.ts';
import { compareText } from '../../slices/index.ts';
import { openRecords } from '../../sources/index.ts';
import { createRandom } from '../../stats/index.ts';
import { DIVERGENCE_DEFAULTS, nearDuplicateComponents, textDivergence } from '../../text/index.ts';
import { textOf } from './cell-text.ts';
import type { CheckRequest, SplitsCheckReport, TextComparison } from './check-request.ts';
import { labelShift, lengthShift } from './column-shift.ts';
import { drawn } from './hold-out-columns.ts';
import { type RunScores, readScores } from './split-scores.ts';

/** Texts of a side that are looked at. */
const MOST_TEXTS = 20_000;

/** Texts closer than this are one for the folds of the classifier. */
const SAME_TEXT = 0.9;

const STREAMS = { thin: 1, divergence: 2 } as const;

/**
 * Drops first, since they are what counts; then what tells the texts apart; the divergence of the texts last, since it says
 * least.
 *
 * @throws UsageError where there is nothing to check, DataError for files that cannot be read
 */
export async function runSplitsCheck(request: CheckRequest): Promise<SplitsCheckReport> {
  const { results, texts, minCases, level, seed } = request;
  if (results === null && texts === null) {
    throw new UsageError({
      message: 'there is nothing to check',
      hint: 'slicewise splits check RESULTS --splits splits.jsonl, or --train OLD --test NEW to compare texts',
    });
  }
  const [{ scores, shifts }, sides] = await allOrProblems(
    async () => {
      if (results === null) return { scores: null, shifts: null };
      const read = await readScores(results, request);
      return { scores: read, shifts: evidenceOf(read, results, { minCases, level }) };
    },
    async () => (texts === null ? null : readSides(texts, request)),
  );
  return {
    format: 'slicewise-splits-check',
    version: 1,
    files: scores?.files ?? [],
    cases: scores?.cases ?? 0,
    unscored: scores?.unscored ?? 0,
    untagged: scores?.untagged ?? 0,
    minCases,
    shifts,
    untested: (shifts?.shifts ?? []).flatMap(({ shift, splits }) =>
      splits.length < LEAST_SPLITS ? [shift] : [],
    ),
    texts: sides === null ? null : await compareTexts(sides, request),
    seed,
    notes: scores?.notes ?? [],
  };
}

function evidenceOf(
  { scores, untagged }: RunScores,
  { inDomain, floor, splits }: NonNullable<CheckRequest['results']>,
  rules: { readonly minCases: number; readonly level: number },
): ShiftsEvidence {
  const column = splits.kind === 'column' ? splits.column : 'splits';
  const like = scores.filter(
    ({ name }) => inDomain.includes(name) || inDomain.includes(splitKind(name) ?? ''),
  );
  const cases = like.reduce((sum, one) => sum + one.cases, 0);
  if (cases < rules.minCases) {
    throw new UsageError({
      message: `${cases} cases are in-domain (${inDomain.join(', ')}), and drops are measured from at least ${rules.minCases}`,
      hint: `name the values that are like the training data: --in-domain VALUE; there are ${
        scores
          .map(({ name }) => name)
          .slice(0, 20)
          .join(', ') || 'none'
      }`,
    });
  }
  return shiftsEvidence(
    { column, passed: like.reduce((sum, one) => sum + one.passed, 0), cases, untagged },
    shiftsOf(
      column,
      scores.filter((one) => !like.includes(one)),
    ),
    { ...rules, floor },
  );
}

interface SideTexts {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly without: number;
}

/** The texts of the training set, and those of the test set. */
async function readSides(
  { train, test, column }: NonNullable<CheckRequest['texts']>,
  { cwd }: CheckRequest,
): Promise<readonly [SideTexts, SideTexts]> {
  return allOrProblems(
    () => readTexts(train, column, cwd),
    () => readTexts(test, column, cwd),
  );
}

async function compareTexts(
  [first, second]: readonly [SideTexts, SideTexts],
  { seed }: CheckRequest,
): Promise<TextComparison> {
  const random = createRandom(seed, STREAMS.thin);
  const [a, b] = [drawn(first.texts, MOST_TEXTS, random), drawn(second.texts, MOST_TEXTS, random)];
  const all = [...a, ...b];
  const group = nearDuplicateComponents(all, { threshold: SAME_TEXT });
  const { twoSample } = await import('./two-sample.ts');
  const uniform = createRandom(seed, STREAMS.divergence);
  return {
    train: first.texts.length,
    test: second.texts.length,
    looked: { train: a.length, test: b.length },
    withoutText: { train: first.without, test: second.without },
    classifier: twoSample(a, b, group, seed),
    labels: labelShift(first.labels, second.labels),
    lengths: lengthShift(first.texts, second.texts),
    divergence: textDivergence(
      all,
      Uint8Array.from(all, (_, at) => (at < a.length ? 0 : 1)),
      { ...DIVERGENCE_DEFAULTS, uniform: () => uniform.nextFloat() },
    ),
  };
}

async function readTexts(files: readonly string[], column: string | null, cwd: string): Promise<SideTexts> {
  const records = await openRecords({ files, mapping: column === null ? {} : { input: column }, cwd });
  const { input, expected } = records.mapping;
  if (input === undefined) {
    throw new UsageError({
      message: `${records.files.join(', ')}: no column is known as the text; the columns are ${records.columns.slice(0, 20).join(', ')}`,
      hint: '--text COLUMN',
    });
  }
  const texts: string[] = [];
  const labels: string[] = [];
  let without = 0;
  for await (const chunk of records.rows()) {
    const cells = chunk.columns.get(input);
    const truths = expected === undefined ? undefined : chunk.columns.get(expected);
    chunk.lines.forEach((_, row) => {
      const text = textOf(cells?.[row]);
      if (text === null) without += 1;
      else texts.push(text);
      const label = textOf(truths?.[row]);
      if (label !== null) labels.push(label);
    });
  }
  // Sides are thinned out and learnt from by place, and places must not depend on the order of the rows.
  return { texts: texts.toSorted(compareText), labels, without };
}
