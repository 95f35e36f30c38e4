/** `slicewise splits build`: chooses test cases for every kind of shift, closes leaks, and says what was had. */

import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EngineError, UsageError } from '../../errors.ts';
import { createRandom } from '../../stats/index.ts';
import { nearDuplicateComponents } from '../../text/index.ts';
import { writeWhole } from '../sample/write-files.ts';
import type { FoldReport, SplitReport, SplitsReport } from './build-report.ts';
import type { BuildRequest } from './build-request.ts';
import { closeLeaks, leaksOf, trainOf } from './close-leaks.ts';
import { classCodes, foldsOf } from './grouped-folds.ts';
import { groupSplits, sourceSplits, timeSplits } from './hold-out-columns.ts';
import { randomSplits } from './random-cases.ts';
import { rareSplits } from './rare-cases.ts';
import { casesText, listFiles } from './split-file.ts';
import { type ChosenSplit, type NoSplit, SHIFTS, type Split } from './split-plan.ts';
import { readSplitRows, type SplitRows } from './split-rows.ts';

/** One number stream for each way, so that asking for one more way leaves the others as they were. */
const STREAMS = { source: 1, group: 2, rare: 3, iid: 4, folds: 5 } as const;

/**
 * Builds splits. The same cases and seed give the same splits, in whatever order the rows stand.
 *
 * @throws DataError for columns and ids that do not fit, UsageError where nothing is asked for, EngineError for files that cannot be written
 */
export async function runSplitsBuild(request: BuildRequest): Promise<SplitsReport> {
  const { source, time, group, verified, rare, hard } = request;
  if (source === null && time === null && group === null && !rare && !hard && request.folds === 0) {
    throw new UsageError({
      message: 'no way to split is named',
      hint: 'name at least one of --source COLUMN, --time COLUMN, --group COLUMN, --rare, --hard, --folds N',
    });
  }
  if (request.directory !== null)
    await refuseFile(resolve(request.cwd, request.directory), request.directory);
  const columns = [source, time, group, verified].filter((column) => column !== null);
  const rows = await readSplitRows({ records: request, ...request, columns: [...new Set(columns)] });
  checkInputs(rows, request);
  const component = componentsOf(rows.items, request.threshold);
  const { chosen, none } = await choose(rows, component, request);
  const splits = chosen.map((split) => closeLeaks(split, component));
  const folds =
    request.folds === 0
      ? null
      : foldsOf(rows.items, component, request, createRandom(request.seed, STREAMS.folds));
  const report = reportOf(request, rows, component, splits, none, folds?.report ?? null);
  await write(request, rows, splits, component, folds?.fold ?? null, report);
  return report;
}

/** Groups of near-duplicates; a case without a text is alone. */
function componentsOf(items: SplitRows['items'], threshold: number): Int32Array {
  const withText = [...items.keys()].filter((item) => items[item]!.text !== null);
  const found = nearDuplicateComponents(
    withText.map((item) => items[item]!.text!),
    { threshold },
  );
  const component = Int32Array.from(items, (_, item) => item);
  const first = new Map<number, number>();
  withText.forEach((item, at) => {
    const known = first.get(found[at]!);
    if (known === undefined) first.set(found[at]!, item);
    else component[item] = known;
  });
  return component;
}

function checkInputs({ textColumn, labelColumn }: SplitRows, { rare, hard }: BuildRequest): void {
  if (!rare && !hard) return;
  const problems = [
    ...(textColumn === null
      ? [
          {
            message: 'rare and hard cases are found by their texts, and no column is known as the text',
            hint: '--text COLUMN',
          },
        ]
      : []),
    ...(labelColumn === null
      ? [
          {
            message:
              'rare and hard cases are found within their classes, and no column is known as the label',
            hint: '--label COLUMN',
          },
        ]
      : []),
  ];
  if (problems.length > 0) throw new UsageError(problems);
}

/** All ways that were asked for, and the in-domain splits that every drop is measured against. */
async function choose(
  { items }: SplitRows,
  component: Int32Array,
  request: BuildRequest,
): Promise<{ readonly chosen: readonly ChosenSplit[]; readonly none: readonly NoSplit[] }> {
  const { seed, splits, minCases, share } = request;
  const valuesOf = (column: string) => items.map(({ values }) => values.get(column) ?? null);
  const texts = items.map(({ text }) => text);
  const labels = items.map(({ label }) => label);
  const rules = { splits, minCases, share };
  const byColumn = (column: string, stream: number) => ({
    ...rules,
    column,
    random: createRandom(seed, stream),
  });
  const { source, time, group, verified, rare, hard } = request;
  const found: (readonly ChosenSplit[] | NoSplit)[] = [
    randomSplits(component, { ...rules, random: createRandom(seed, STREAMS.iid) }),
  ];
  if (source !== null) found.push(sourceSplits(valuesOf(source), byColumn(source, STREAMS.source)));
  if (time !== null) found.push(timeSplits(valuesOf(time), byColumn(time, 0)));
  if (group !== null) found.push(groupSplits(valuesOf(group), byColumn(group, STREAMS.group)));
  if (rare) {
    const isVerified =
      verified === null ? null : valuesOf(verified).map((text) => /^(yes|true|1)$/i.test(text ?? ''));
    found.push(
      rareSplits({
        texts,
        labels,
        component,
        verified: isVerified,
        ...rules,
        random: createRandom(seed, STREAMS.rare),
      }),
    );
  }
  if (hard) {
    const { hardSplits } = await import('./hard-cases.ts');
    found.push(hardSplits({ texts, labels, component, ...rules, seed }));
  }
  return {
    chosen: found.flatMap((one) => ('reason' in one ? [] : one)),
    none: found.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

function reportOf(
  request: BuildRequest,
  { items, files, notes }: SplitRows,
  component: Int32Array,
  splits: readonly Split[],
  none: readonly NoSplit[],
  folds: FoldReport | null,
): SplitsReport {
  const sizes = new Map<number, number>();
  for (const one of component) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const repeated = [...sizes.values()].filter((size) => size > 1);
  const labels = new Set(items.flatMap(({ label }) => (label === null ? [] : [label])));
  const asked = new Set([...splits, ...none].map(({ shift }) => shift));
  return {
    format: 'slicewise-splits',
    version: 1,
    files,
    cases: items.length,
    unlabelled: items.filter(({ label }) => label === null).length,
    withoutText: items.filter(({ text }) => text === null).length,
    labels: labels.size,
    seed: request.seed,
    threshold: request.threshold,
    duplicates: { groups: repeated.length, cases: repeated.reduce((sum, one) => sum + one, 0) },
    splits: splits.map((split) => splitReport(split, items, component)),
    folds,
    none,
    untested: SHIFTS.filter(
      (shift) =>
        shift !== 'iid' && asked.has(shift) && splits.filter((one) => one.shift === shift).length < 2,
    ),
    output: request.output,
    directory: request.directory,
    notes,
  };
}

function splitReport(split: Split, items: SplitRows['items'], component: Int32Array): SplitReport {
  const train = trainOf(split, items.length);
  const { names, code } = classCodes(items);
  const countsOf = (of: Int32Array) => {
    const counts = new Float64Array(names.length);
    for (const item of of) if (code[item]! >= 0) counts[code[item]!]! += 1;
    return counts;
  };
  const [inTest, inTrain] = [countsOf(split.test), countsOf(train)];
  const { alike, later, unknown } = split.leftOut;
  return {
    name: split.name,
    shift: split.shift,
    definition: split.definition,
    test: split.test.length,
    train: train.length,
    alike: alike.length,
    later: later.length,
    unknown: unknown.length,
    leaks: leaksOf(split, component),
    classes: names.map((label, at) => ({ label, test: inTest[at]!, train: inTrain[at]! })),
    onlyTrain: names.filter((_, at) => inTest[at] === 0 && inTrain[at]! > 0).length,
    onlyTest: names.filter((_, at) => inTest[at]! > 0 && inTrain[at] === 0).length,
  };
}

/** A folder for the lists may exist; a file in its place is found before the work, and nothing is made where the work fails. */
async function refuseFile(path: string, named: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) return;
  throw new UsageError({
    message: `--files ${named} is a file, expected a folder`,
    hint: 'name another folder',
  });
}

async function makeFolder(path: string, named: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EngineError(
      { message: `the folder --files ${named} could not be made (${code ?? cause})` },
      { cause },
    );
  }
}

async function write(
  { output, directory, cwd }: BuildRequest,
  rows: SplitRows,
  splits: readonly Split[],
  component: Int32Array,
  fold: Int32Array | null,
  report: SplitsReport,
): Promise<void> {
  if (directory !== null) await makeFolder(resolve(cwd, directory), directory);
  await writeWhole([
    ...(output === null
      ? []
      : [
          { path: resolve(cwd, output), text: casesText(rows, splits, component, fold) },
          { path: resolve(cwd, `${output}.plan.json`), text: `${JSON.stringify(report, null, 2)}\n` },
        ]),
    ...(directory === null
      ? []
      : listFiles(rows.items, splits).map(({ name, text }) => ({
          path: join(resolve(cwd, directory), name),
          text,
        }))),
  ]);
}
