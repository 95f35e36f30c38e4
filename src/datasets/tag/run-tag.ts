/** `slicewise tag`: writes a dimension into the rows of a run, counts it, and measures how right it is. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ColumnMapping, foundText, foundTexts, type ResultChunk } from '../../cases/index.ts';
import { loadTagRules, nearestHint, type TagRules } from '../../config/index.ts';
import { readParquetCells } from '../../engines/index.ts';
import { DataError, type Problem, UsageError } from '../../errors.ts';
import { columnsOf } from '../../slices/index.ts';
import { type OpenedRun, openRun, type RunRequest } from '../../sources/index.ts';
import { checkTags } from './check-tags.ts';
import { createColumnKinds } from './column-kinds.ts';
import { plainRules, rulesHash, type TagReport } from './tag-definition.ts';
import { createTagger, type Tagger } from './tag-rows.ts';
import { countTags, drawWorksheet, type TaggedCase, tagsOf } from './tagged-cases.ts';
import { writeTagged, writeWorksheet } from './write-tagged.ts';

/** What to tag, by what, and what to write. */
export interface TagRequest {
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly from?: RunRequest['from'];
  readonly run: string | null;
  readonly mapping: ColumnMapping;
  readonly rules: string;
  /** Name of the dimension; null takes that of the rules. */
  readonly as: string | null;
  /** A `.jsonl` or `.parquet` file; null writes nothing. The definition is written beside it, as `FILE.definition.json`. */
  readonly output: string | null;
  /** Labels of a person. */
  readonly check: string | null;
  /** A sheet of cases to check by hand. */
  readonly sample: { readonly size: number; readonly seed: number; readonly file: string } | null;
}

/**
 * Tags a run. Nothing is written where anything is wrong.
 *
 * @throws ConfigError for the rules with file, line and column, DataError for the run and the labels, UsageError for names that do not fit
 */
export async function runTag(request: TagRequest): Promise<TagReport> {
  const { cwd, output, sample } = request;
  const rules = await readRules(request);
  const opened = await openRun({ ...request, mapping: request.mapping });
  checkFit(rules, opened);
  const mapping = opened.mapping;
  const tagger = createTagger(rules, mapping);
  const seen = await look(opened, tagger, rules, sample !== null);
  const checked =
    request.check === null
      ? null
      : await checkTags(request.check, rules, seen.cases, { cwd, stdin: request.stdin });
  const sheet = sample === null ? null : drawWorksheet(seen.cases, sample.size, sample.seed);
  const counts = countTags(seen.cases);
  const used = new Set(counts.map(({ tag }) => tag));
  const report: TagReport = {
    name: rules.name,
    version: rules.version,
    rulesHash: rulesHash(rules),
    match: rules.match,
    otherwise: rules.otherwise,
    column: rules.column ?? mapping.input ?? null,
    rules: plainRules(rules),
    files: opened.files,
    rows: seen.rows,
    cases: seen.cases.size,
    changedCases: [...seen.cases.values()].filter(({ isChanged }) => isChanged).length,
    counts,
    unused: [...new Set(rules.rules.map(({ tag }) => tag))].filter((tag) => !used.has(tag)),
    checked: checked?.checked ?? null,
    output,
    worksheet:
      sample === null || sheet === null
        ? null
        : { file: sample.file, cases: sheet.length, seed: sample.seed },
    notes: [...opened.notes, ...(checked?.notes ?? [])],
  };
  if (output !== null) {
    const columns = seen.columns.filter(({ name }) => name !== rules.name);
    const own = { name: rules.name, kind: rules.match === 'all' ? 'list' : 'text' } as const;
    await writeTagged(
      resolve(cwd, output),
      [...columns, own],
      taggedRows(opened, tagger, rules.name),
      report,
    );
  }
  if (sample !== null && sheet !== null) await writeWorksheet(resolve(cwd, sample.file), sheet);
  return report;
}

async function readRules({ rules: file, as, cwd }: TagRequest): Promise<TagRules> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const what = cause.code === 'ENOENT' ? 'does not exist' : `cannot be read (${cause.code})`;
    throw new UsageError({
      message: `the file of rules ${what} (${file})`,
      hint: 'slicewise tag RUN --rules rules.yaml',
    });
  });
  const rules = await loadTagRules(file, text);
  return as === null ? rules : { ...rules, name: as };
}

/** Outcomes decide nothing about what a case is. */
const OUTCOMES = ['passed', 'score', 'error'] as const;

function checkFit({ file, name, column, rules }: TagRules, { columns, mapping }: OpenedRun): void {
  const problems: Problem[] = [];
  const needsText = rules.some(({ condition }) => condition.kind !== 'where');
  if (column === null && needsText && mapping.input === undefined) {
    problems.push({
      message: 'no column is known as the input, which words and patterns look at',
      hint: 'add column: NAME to the rules, or --map input=COLUMN',
      where: { file },
    });
  }
  const named = [
    ...(column === null ? [] : [{ column, where: { file } }]),
    ...rules.flatMap(({ condition, where }) =>
      condition.kind === 'where' ? columnsOf(condition.where).map((one) => ({ column: one, where })) : [],
    ),
  ];
  for (const { column: one, where } of named) {
    const role = OUTCOMES.find((outcome) => mapping[outcome] === one);
    if (!columns.includes(one)) {
      problems.push({
        message: `the rules name the column ${foundText(one)}, which the run does not have; its columns are ${foundTexts(columns, 20)}`,
        hint: nearestHint(one, columns),
        where,
      });
    } else if (role !== undefined) {
      problems.push({
        message: `the rules look at ${foundText(one)}, which says what a run did with a case (${role})`,
        hint: 'tags come from what a case is: its input, its source, its labels',
        where,
      });
    }
  }
  const role = Object.entries(mapping).find(([, taken]) => taken === name)?.[0];
  if (role !== undefined && role !== 'segment') {
    problems.push({
      message: `${foundText(name)} is the run's column for the ${role}, so no dimension can have that name`,
      hint: 'choose another name with --as NAME',
      where: { file },
    });
  }
  if (problems.length > 0) throw new DataError(problems);
}

interface Seen {
  readonly rows: number;
  readonly cases: ReadonlyMap<string, TaggedCase>;
  readonly columns: ReturnType<ReturnType<typeof createColumnKinds>['columns']>;
}

async function look(opened: OpenedRun, tagger: Tagger, rules: TagRules, keepTexts: boolean): Promise<Seen> {
  const cases = new Map<string, TaggedCase>();
  const { caseId, trial } = opened.mapping;
  const kinds = createColumnKinds([caseId, trial]);
  const column = rules.column ?? opened.mapping.input;
  let rows = 0;
  for await (const chunk of rowsOf(opened)) {
    kinds.add(chunk);
    rows += chunk.lines.length;
    const texts = keepTexts && column !== undefined ? chunk.attributes.get(column) : undefined;
    tagger(chunk).forEach((cell, row) => {
      const id = chunk.caseId[row]!;
      const tags = tagsOf(cell);
      const known = cases.get(id);
      const text = texts?.[row];
      if (known === undefined) {
        cases.set(id, { tags, isChanged: false, text: typeof text === 'string' ? text : '' });
      } else if (!known.isChanged && JSON.stringify(known.tags) !== JSON.stringify(tags)) {
        cases.set(id, { ...known, isChanged: true });
      }
    });
  }
  return { rows, cases, columns: kinds.columns() };
}

/** Rows with all their columns; Parquet as texts. */
async function* rowsOf({ source, columns, mapping }: OpenedRun): AsyncGenerator<ResultChunk> {
  if (source.kind === 'rows') yield* source.chunks;
  else {
    const caseId = mapping.caseId ?? mapping.input ?? null;
    const run =
      source.run === null || mapping.run === undefined ? null : { column: mapping.run, text: source.run };
    for (const file of source.files) yield* readParquetCells({ file, columns, caseId, run });
  }
}

async function* taggedRows(opened: OpenedRun, tagger: Tagger, name: string): AsyncGenerator<ResultChunk> {
  for await (const chunk of rowsOf(opened)) {
    yield { ...chunk, attributes: new Map([...chunk.attributes, [name, tagger(chunk)]]) };
  }
}
