/** `slicewise sample`: draws rows of logs as cases, writes them, and shows that nothing was lost. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { columnsOf, parseExpression } from '../../slices/index.ts';
import { type OpenedRecords, openRecords } from '../../sources/index.ts';
import { chooseDimensions, exactColumns, namedColumns } from '../logs/side-columns.ts';
import { caseFile, checkCaseFile } from './case-file.ts';
import { type DrawnRows, drawDesigns } from './draw-designs.ts';
import { type DrawnCase, readDrawn } from './drawn-case.ts';
import { hasProbabilities } from './entropy.ts';
import { NO_CASES, readExisting } from './existing-cases.ts';
import { sampleReport } from './make-report.ts';
import { checkStrata, planDraw, wantedDesigns } from './plan-draw.ts';
import { type Population, type PopulationColumns, readPopulation } from './population.ts';
import { readWorksheet, type Worksheet } from './read-worksheet.ts';
import { recordItems } from './record-items.ts';
import { checkRoundTrip, type RoundTrip } from './round-trip.ts';
import type { SampleReport } from './sample-report.ts';
import type { Design, SampleRequest } from './sample-request.ts';
import { spreadsOfScores, spreadsOfWorksheet } from './spreads.ts';
import { worksheetText } from './worksheet.ts';
import { type NewFile, writeWhole } from './write-files.ts';

/** Designs that need to look at texts. */
const BY_TEXT: ReadonlySet<Design> = new Set(['fringe', 'dense']);

/**
 * Draws. Two passes over the logs (three where JSON is copied as it is spelled); between them names and strata are kept, and
 * whole rows only of what was drawn. Nothing is written unless all of it can be.
 *
 * @throws DataError for files that cannot be read and rows that lack the slice key; UsageError for what does not fit together
 */
export async function runSample(request: SampleRequest): Promise<SampleReport> {
  const { cwd, stdin, progress, output, as } = request;
  if (output !== null) checkCaseFile(output, as);
  const shared = { cwd, ...(stdin === undefined ? {} : { stdin }) };
  progress?.('opening');
  const logs = await openRecords({
    ...shared,
    files: request.files,
    mapping: request.mapping,
    from: request.from ?? null,
  });
  const evalSet =
    request.evalFiles.length === 0
      ? null
      : await openRecords({ ...shared, files: request.evalFiles, mapping: request.evalMapping });
  await request.onInputs?.([...logs.files, ...(evalSet?.files ?? [])]);
  if (output !== null && as !== 'jsonl' && logs.mapping.input === undefined) {
    throw new UsageError({
      message: `no column of the logs is known as the input, and ${as} cases need one`,
      hint: '--map input=COLUMN',
    });
  }
  const firstPass = request.secondPass === null ? null : await readWorksheet(request.secondPass, cwd);
  const by = sliceKeys(request, firstPass, logs, evalSet);
  const spreadFile = await worksheetOf(request, cwd);
  const columns = populationColumns(request, logs, by, spreadFile === null);
  progress?.('reading the eval set');
  const existing =
    evalSet === null
      ? NO_CASES
      : await readExisting(
          evalSet,
          by.map(({ evalColumn }) => evalColumn),
        );
  progress?.('reading logs');
  const excluded = new Set(firstPass?.items.map(({ item }) => item) ?? []);
  const population = await readPopulation(logs, columns, existing, excluded, request);
  checkStrata(
    population,
    by.map(({ name }) => name),
    request.by.length > 0,
  );
  const spreads = spreadsFor(request, population, firstPass ?? spreadFile);
  const designs = wantedDesigns(request, by.length > 0);
  checkDesigns(
    designs.map(({ name }) => name),
    request,
    population,
    logs,
  );
  const planned = planDraw(request, designs, population, existing, spreads);
  const drawn = drawDesigns(population, planned.plan);
  progress?.('reading what was drawn');
  const cases = await readDrawn(logs, population, drawn, output !== null && as === 'jsonl');
  const caseColumns = { mapping: logs.mapping, columns: logs.columns, by };
  const roundTrip = cases.length === 0 ? null : await writeSample(request, cases, drawn, caseColumns);
  const ledger =
    request.ledger === null || cases.length === 0
      ? null
      : await recordItems(request.ledger, request, planned.plan, population, cases);
  return sampleReport({
    request,
    logs,
    evalSet,
    existing,
    by,
    population,
    planned,
    drawn,
    cases,
    roundTrip,
    ledger,
  });
}

/** A slice key of logs and eval set. */
export interface SliceKeyColumns {
  readonly name: string;
  readonly column: string;
  readonly evalColumn: string | null;
}

/** Those named, those of the first pass, or the first that the gate would take. */
function sliceKeys(
  request: SampleRequest,
  firstPass: Worksheet | null,
  logs: OpenedRecords,
  evalSet: OpenedRecords | null,
): readonly SliceKeyColumns[] {
  const named = request.by.length > 0 ? request.by : (firstPass?.dimensions ?? []);
  const found = chooseDimensions(named, logs, evalSet);
  const chosen =
    named.length > 0 ? found : found.filter(({ logColumn }) => !logColumn.startsWith('derived.')).slice(0, 1);
  const missing = chosen.filter(({ evalColumn }) => evalSet !== null && evalColumn === null);
  if (missing.length > 0) {
    throw new DataError({
      message: `the eval set has no column for ${missing.map(({ name }) => name).join(', ')}, so what it has cannot count towards the floor`,
      hint: 'add the column to the eval set, or leave --eval out',
      where: { file: evalSet!.files[0]! },
    });
  }
  return chosen.map(({ name, logColumn, evalColumn }) => ({ name, column: logColumn, evalColumn }));
}

function populationColumns(
  request: SampleRequest,
  logs: OpenedRecords,
  by: readonly SliceKeyColumns[],
  spreadIsColumn: boolean,
): PopulationColumns {
  const where = request.where === null ? null : parseExpression(request.where);
  const named = where === null ? [] : columnsOf(where);
  exactColumns(named, logs, '--where');
  const [label = null] = request.label === null ? [] : namedColumns([request.label], logs, '--label');
  const [spread = null] =
    request.spread === null || !spreadIsColumn ? [] : namedColumns([request.spread], logs, '--spread');
  const wanted = [...by.map(({ column }) => column), ...named, label, spread].filter((name) => name !== null);
  return {
    by,
    where,
    label,
    probabilities: request.probabilities,
    spread,
    wantsTexts: request.designs.some(({ name }) => BY_TEXT.has(name)),
    needsInput: request.output !== null && logs.mapping.input !== undefined,
    wanted,
  };
}

/** The worksheet that `--spread` names; null where it names a column or nothing. */
async function worksheetOf({ spread, rule }: SampleRequest, cwd: string): Promise<Worksheet | null> {
  if (spread === null) return null;
  if (rule !== 'neyman')
    throw new UsageError({ message: '--spread is for --rule neyman', hint: 'add --rule neyman' });
  const found = await stat(resolve(cwd, spread)).catch(() => null);
  return found?.isFile() ? readWorksheet(spread, cwd) : null;
}

function spreadsFor(
  { rule, spread, secondPass }: SampleRequest,
  { strata }: Population,
  worksheet: Worksheet | null,
): ReadonlyMap<string, number> | null {
  if (worksheet !== null) return spreadsOfWorksheet(worksheet, strata);
  if (rule !== 'neyman' || secondPass !== null) return null;
  if (spread === null) {
    throw new UsageError({
      message: 'Neyman allocation needs the spread of what will be measured',
      hint: '--spread COLUMN names a column of scores in the logs, --spread FILE a filled worksheet',
    });
  }
  return spreadsOfScores(strata);
}

function checkDesigns(
  designs: readonly Design[],
  { label, probabilities }: SampleRequest,
  { texts, entropy }: Population,
  logs: OpenedRecords,
): void {
  const problems = [];
  if (designs.includes('class') && label === null) {
    problems.push({ message: '--design class needs the column of labels', hint: '--label COLUMN' });
  }
  if (designs.some((name) => BY_TEXT.has(name)) && texts.size === 0) {
    problems.push({
      message: 'designs by distance need inputs, and no row has one',
      hint: '--map input=COLUMN',
    });
  }
  if (designs.some((name) => name.startsWith('entropy'))) {
    if (probabilities === null) {
      problems.push({
        message: 'designs by entropy need the column of probabilities',
        hint: '--probabilities COLUMN',
      });
    } else if (!hasProbabilities(probabilities, logs.columns)) {
      problems.push({
        message: `--probabilities ${probabilities} is no column of the logs`,
        hint: `the columns are ${logs.columns.slice(0, 20).join(', ')}`,
      });
    } else if (entropy.every(Number.isNaN)) {
      problems.push({
        message: `no row has probabilities in ${probabilities}`,
        hint: 'a JSON list or object of at least two numbers from 0 up',
      });
    }
  }
  if (problems.length > 0) throw new UsageError(problems);
}

/** Writes cases and worksheet; gives what the round trip compared, null where no cases are written. */
async function writeSample(
  { output, as, worksheet, cwd, seed }: SampleRequest,
  cases: readonly DrawnCase[],
  drawn: DrawnRows,
  columns: {
    readonly mapping: OpenedRecords['mapping'];
    readonly columns: readonly string[];
    readonly by: readonly SliceKeyColumns[];
  },
): Promise<RoundTrip | null> {
  const files: NewFile[] = [];
  let roundTrip: RoundTrip | null = null;
  if (output !== null) {
    files.push({
      path: resolve(cwd, output),
      text: caseFile(output, as, cases, columns),
      check: async (temporary) => {
        roundTrip = await checkRoundTrip(temporary, { output, as }, cases, columns);
      },
    });
  }
  if (worksheet !== null) {
    const strataOf = ({ stratum }: DrawnCase) => (drawn.isStratified && stratum !== '' ? stratum : null);
    files.push({
      path: resolve(cwd, worksheet),
      text: worksheetText(cases, { mapping: columns.mapping, by: columns.by, seed, strataOf }),
    });
  }
  await writeWhole(files);
  return roundTrip;
}
