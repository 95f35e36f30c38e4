/** Reads EvalRunReports of open-multi-agent; the tags of their cases come from the eval set, when it is given too. */

import { createProblemLog, foundText, type ProblemLog } from '../../../cases/index.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { list, number, path, record, scalarText, text } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import { documentKindOf, readSets, type SetCase, setKey } from './documents.ts';
import { resultOf, type ScorerRecord, scorerRecordOf, unmappedOf } from './records.ts';

export const openMultiAgentImporter: Importer = {
  name: 'open-multi-agent',
  label: 'open-multi-agent',
  recognises: (file) => documentKindOf(file) !== null,
  read,
};

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const { log, notebook } = context;
  const of = (kind: string): readonly ImportFile[] => files.filter((file) => documentKindOf(file) === kind);
  const reports = files.filter((file) => !['set', 'gate'].includes(documentKindOf(file) ?? 'report'));
  for (const { source } of of('gate')) {
    const message = 'the file is a gate policy of open-multi-agent, which holds thresholds and no results';
    if (reports.length > 0) notebook.note(`${source.label} is a gate policy, not results; it was not read`);
    else log.add({ message, hint: 'name the report of an eval run', where: { file: source.label } });
  }
  const sets = await readSets(of('set'), log);
  for (const { source } of reports.length === 0 ? of('set') : []) {
    log.add({
      message: 'the file is an eval set of open-multi-agent: cases and tags, no results',
      hint: 'name the report of an eval run too',
      where: { file: source.label },
    });
  }
  for (const file of reports) yield* readReport(file, sets, context);
}

interface Report {
  readonly run: string;
  readonly cases: ReadonlyMap<string, SetCase> | null;
  readonly aggregates: readonly unknown[];
  readonly primary: string | null;
}

/** The records of a case stand near each other, so only open cases are in memory. */
async function* readReport(
  file: ImportFile,
  sets: ReadonlyMap<string, ReadonlyMap<string, SetCase>>,
  context: ImportContext,
): AsyncGenerator<ImportedResult> {
  const { log, notebook } = context;
  const report = await describeReport(file, sets, context);
  const scorers = new Map<string, { count: number; sum: number; passes: number; judged: number }>();
  let primary = report.primary;
  const groups = gatherGroups<ScorerRecord>(
    (pass) => recordsOf(file, pass === 'count' ? createProblemLog() : log),
    ({ caseId, repeat }) => JSON.stringify([caseId, repeat]),
  );
  for await (const { members } of groups) {
    primary ??= members[0]!.scorer;
    for (const member of members) {
      addScore(scorers, member);
      for (const field of unmappedOf(member)) notebook.unmapped(field);
    }
    yield resultOf(report.run, members, primary, report.cases?.get(members[0]!.caseId) ?? null);
  }
  for (const name of scorers.keys()) {
    notebook.metric(report.run, name, { direction: 'higher', primary: name === primary });
  }
  if (scorers.size > 1 && context.score === null && primary !== null) {
    notebook.note(
      `${report.run} has ${scorers.size} scorers; ${foundText(primary)}, the first one, decides unless another is named`,
    );
  }
  compareAggregates(report, scorers, context);
}

async function* recordsOf(file: ImportFile, log: ProblemLog): AsyncGenerator<ScorerRecord> {
  for await (const { index, value, line } of streamJson(file, { elements: ['records'], values: [] }, log)) {
    const found = scorerRecordOf(value, line);
    if (found !== null) {
      yield found;
      continue;
    }
    log.add({
      message: `record ${index + 1} has no "caseId", "scorer.name" or "status"`,
      where: { file: file.source.label, line, field: `records.${index}` },
    });
  }
}

async function describeReport(
  file: ImportFile,
  sets: ReadonlyMap<string, ReadonlyMap<string, SetCase>>,
  { notebook, score }: ImportContext,
): Promise<Report> {
  const found = new Map<string, unknown>();
  const values = [
    'evalRunId',
    'startedAtUnixMs',
    'evalSet',
    'repeats',
    'caseCount',
    'aborted',
    'metadata',
    'aggregates',
    'totals',
  ];
  for await (const { path: at, value } of streamJson(file, { elements: [], values }, createProblemLog()))
    found.set(at, value);
  const run = text(found.get('evalRunId')) ?? file.source.label;
  const set = record(found.get('evalSet'));
  const started = number(found.get('startedAtUnixMs'));
  const facts: readonly (readonly [string, unknown])[] = [
    ['eval set', set === null ? null : setKey(set.name, set.version)],
    ['started', started === null ? null : new Date(started).toISOString()],
    ['cases', found.get('caseCount')],
    ['repeats', found.get('repeats')],
    ['aborted', found.get('aborted')],
    ...Object.entries(record(found.get('metadata')) ?? {}),
  ];
  for (const [name, value] of facts) {
    const fact = scalarText(value);
    if (fact !== null) notebook.fact(run, name, fact);
  }
  if (found.get('aborted') === true) notebook.note(`${run} was aborted; its records are a part of the eval`);
  const cases = (set === null ? undefined : sets.get(setKey(set.name, set.version))) ?? null;
  const aggregates = list(found.get('aggregates')) ?? [];
  if (cases === null && aggregates.some((aggregate) => record(path(aggregate, 'byTag')) !== null)) {
    const name = set === null ? 'the eval set' : `the eval set ${setKey(set.name, set.version)}`;
    notebook.note(`the tags of ${run} are in ${name}, which was not given: name its file too to get slices`);
  }
  return { run, cases, aggregates, primary: score ?? text(path(aggregates[0], 'scorer.name')) };
}

function addScore(
  scorers: Map<string, { count: number; sum: number; passes: number; judged: number }>,
  { fields, scorer }: ScorerRecord,
): void {
  const seen = scorers.get(scorer) ?? { count: 0, sum: 0, passes: 0, judged: 0 };
  const score = number(fields.score);
  if (fields.status === 'scored' && score !== null) {
    seen.count += 1;
    seen.sum += score;
    seen.judged += Number(typeof fields.pass === 'boolean');
    seen.passes += Number(fields.pass === true);
  }
  scorers.set(scorer, seen);
}

/** The tool's averages are over all records together, repeats included. */
function compareAggregates(
  { run, aggregates }: Report,
  scorers: ReadonlyMap<
    string,
    { readonly count: number; readonly sum: number; readonly passes: number; readonly judged: number }
  >,
  { notebook }: ImportContext,
): void {
  for (const aggregate of aggregates) {
    const name = text(path(aggregate, 'scorer.name')) ?? 'scorer';
    const seen = scorers.get(name) ?? { count: 0, sum: 0, passes: 0, judged: 0 };
    const numbers: readonly (readonly [string, number | null])[] = [
      ['scoredCount', seen.count],
      ['avg', seen.count === 0 ? null : seen.sum / seen.count],
      ['passRate', seen.judged === 0 ? null : seen.passes / seen.judged],
    ];
    for (const [field, ours] of numbers) {
      const value = number(path(aggregate, field));
      if (value === null) continue;
      const reason = ours === null ? 'no record of it is scored' : null;
      notebook.ownNumber({ run, name: `${name} ${field}`, value, ours, reason });
    }
  }
}
