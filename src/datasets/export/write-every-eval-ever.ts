/** Writes the two files of Every Eval Ever: the aggregate, and beside it one instance row per result. */

import { basename } from 'node:path';
import { type AggregateContext, aggregateOf } from './aggregate.ts';
import type { ExportRequest, ExportSummary, ReadRows, WriteContext } from './export-request.ts';
import { instanceRowOf } from './instance-row.ts';
import type { LossLog } from './losses.ts';
import { createStreamedFile } from './streamed-file.ts';

/** Facts of an import that name the eval. */
const NAME_FACTS = ['task', 'eval', 'evaluation', 'eval set', 'scenario', 'dataset'];

/** Rows are read twice: for the model and the direction of lists, then to be written. */
export async function writeEveryEvalEver(
  request: ExportRequest,
  rows: ReadRows,
  { path, tally, losses }: WriteContext,
): Promise<Omit<ExportSummary, 'losses'>> {
  const samplesPath = path.replace(/(?:\.json)?$/, '_samples.jsonl');
  const survey = await surveyRows(rows);
  const context = contextOf(request, survey, losses);
  const samples = await createStreamedFile(samplesPath);
  const aggregate = await createStreamedFile(path).catch(async (error: unknown) => {
    await samples.discard();
    throw error;
  });
  try {
    let written = 0;
    for await (const row of rows()) {
      tally.add(row);
      const instance = instanceRowOf(row, context, losses);
      if (instance === null) continue;
      written += 1;
      await samples.write(`${JSON.stringify(instance)}\n`);
    }
    const { sha256 } = await samples.close();
    const file = written === 0 ? null : { name: basename(samplesPath), sha256, rows: written };
    const figures = tally.figures();
    if (written === 0)
      losses.say('no result could be written as an instance row, so there is no file of them');
    if (figures.passRate === null && figures.score === null)
      losses.say('the run has no scored result: the aggregate has no figure');
    await aggregate.write(`${JSON.stringify(aggregateOf(figures, context, file), null, 2)}\n`);
    await aggregate.close();
    if (file !== null) await samples.commit();
    await aggregate.commit();
    const out = request.out;
    const files = file === null ? [out] : [out, out.replace(/(?:\.json)?$/, '_samples.jsonl')];
    return { files, figures, written };
  } finally {
    await samples.discard();
    await aggregate.discard();
  }
}

interface Survey {
  readonly models: ReadonlySet<string>;
  readonly listColumns: ReadonlySet<string>;
}

async function surveyRows(rows: ReadRows): Promise<Survey> {
  const models = new Set<string>();
  const listColumns = new Set<string>();
  for await (const row of rows()) {
    if (row.model !== null) models.add(row.model);
    for (const [name, cell] of row.fields) if (Array.isArray(cell)) listColumns.add(name);
  }
  return { models, listColumns };
}

function contextOf(
  request: ExportRequest,
  { models, listColumns }: Survey,
  losses: LossLog,
): AggregateContext {
  const { run, now } = request;
  const imported = run.imported;
  const [only] = models;
  const model = request.model ?? (models.size === 1 ? only! : 'unknown');
  if (model === 'unknown') {
    losses.say(
      models.size > 1
        ? `the rows name ${models.size} models, so the model is written as unknown: say --model DEVELOPER/MODEL`
        : 'no model is known, so it is written as unknown: say --model DEVELOPER/MODEL',
    );
  }
  if (listColumns.size > 0) {
    losses.say(`metadata holds texts only, so lists are written as JSON: ${[...listColumns].join(', ')}`);
  }
  const timestamp = Math.floor(now.getTime() / 1000);
  const summary = imported?.summary();
  const metrics = summary?.metrics.filter((metric) => metric.run === imported?.run) ?? [];
  const primary = metrics.find((metric) => metric.primary);
  const unknown = metrics.filter(({ direction, kind }) => direction === 'unknown' && kind === 'number');
  if (unknown.length > 0) {
    losses.say(
      `nobody says whether less is better of ${unknown.map((metric) => metric.name).join(', ')}: written as more is better`,
    );
  }
  const facts = new Map(summary?.runs.find((one) => one.run === imported?.run)?.facts ?? []);
  const known = NAME_FACTS.map((fact) => facts.get(fact)).find((fact) => fact !== undefined);
  const name =
    request.name ?? known ?? imported?.run ?? basename(run.files[0] ?? 'run').replace(/\.[^.]+$/, '');
  return {
    evaluationId: `${name}/${model.replaceAll('/', '_')}/${timestamp}`,
    evaluationName: name,
    resultId: name,
    model,
    passAt: request.passAt,
    lowerIsBetter: primary?.direction === 'lower',
    source: imported?.run ?? run.files.join(', '),
    organization: request.organization ?? 'unknown',
    relationship: request.relationship,
    library: {
      name: imported?.format ?? 'unknown',
      version: facts.get('harness version') ?? facts.get('version') ?? 'unknown',
    },
    timestamp,
    exportedBy: request.exportedBy,
    listColumns: [...listColumns],
    lowerMetrics: new Set(
      metrics.filter(({ direction }) => direction === 'lower').map((metric) => metric.name),
    ),
  };
}
