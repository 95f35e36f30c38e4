/**
 * Large comparisons, made once per machine: two Parquet files of the same cases, with a loss that one segment in one language has; and
 * two of a classifier, with many classes, and with two classes and their probabilities.
 */

import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Change one when its content changes: files are kept between runs. */
const VERSION = 1;
const CLASSES_VERSION = 3;

/** A folder with `old.parquet` and `new.parquet`. */
export interface LargeComparison {
  readonly folder: string;
  /** Arguments of a command that runs in the folder. */
  readonly args: readonly string[];
  readonly cases: number;
}

const SEGMENTS = [
  ...['refund_flow', 'invoice_parse', 'contract_review', 'escalation_routing', 'order_status', 'returns'],
  ...[
    'billing_dispute',
    'password_reset',
    'address_change',
    'product_question',
    'warranty',
    'delivery_delay',
  ],
];
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'ja', 'zh', 'hi'];
const REGIONS = ['emea', 'amer', 'apac'];
const CHANNELS = ['chat', 'mail', 'phone', 'form'];
const SUBJECTS = ['invoice', 'parcel', 'contract', 'refund', 'account', 'subscription', 'address', 'voucher'];
const VERBS = ['cancel', 'change', 'find', 'dispute', 'renew', 'explain', 'repeat', 'translate'];

/** How the gate cuts the cases. */
const CUTS = [
  ...['segment', 'language', 'region', 'channel'].flatMap((name) => ['--slice', name]),
  ...['--cross', 'segment,language'],
];

/** One of the texts, by the hash of a row and a salt; early ones are more frequent where `skew` is above 1. */
function choice(texts: readonly string[], salt: number, skew = 1): string {
  const list = texts.map((text) => `'${text}'`).join(', ');
  return `([${list}])[1 + CAST(floor(pow(${share(salt)}, ${skew}) * ${texts.length}) AS INTEGER)]`;
}

/** A number in [0, 1) that depends on the row and a salt alone. */
function share(salt: number): string {
  return `((hash(i * 1000003 + ${salt}) % 1000000) / 1000000.0)`;
}

/** Columns that do not depend on the run. */
const ATTRIBUTES = `
  ${choice(SEGMENTS, 1, 1.7)} AS segment, ${choice(LANGUAGES, 2, 2.2)} AS language, ${choice(REGIONS, 3)} AS region,
  ${choice(CHANNELS, 4, 1.3)} AS channel, CAST(20 + floor(pow(${share(5)}, 3) * 9000) AS INTEGER) AS length,
  strftime(TIMESTAMP '2026-01-01' + to_seconds(CAST(floor(${share(6)} * 15552000) AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ') AS created_at,
  'Please ' || ${choice(VERBS, 7)} || ' my ' || ${choice(SUBJECTS, 8)} || ' number ' || i AS input,
  ${choice(SUBJECTS, 9)} AS expected
`;

/**
 * The comparison with so many cases; made where it is not there yet. The same number gives the same files.
 *
 * @example const { folder, args } = await largeComparison(1_000_000);
 */
export async function largeComparison(cases: number): Promise<LargeComparison> {
  const folder = join(tmpdir(), `slicewise-cases-${cases}-v${VERSION}`);
  if (!existsSync(folder)) await make(folder, cases);
  return { folder, args: ['old.parquet', 'new.parquet', ...CUTS], cases };
}

/** The classified cases: the same files looked at in two ways. */
export interface LargeClasses {
  readonly folder: string;
  /** Arguments with 64 intents as classes. */
  readonly intents: readonly string[];
  /** Arguments with two classes, `fraud` being rare, and its probability. */
  readonly fraud: readonly string[];
}

/**
 * The answers of a classifier to so many cases, before and after; made where they are not there yet.
 *
 * @example const { folder, fraud } = await largeClasses(1_000_000);
 */
export async function largeClasses(cases: number): Promise<LargeClasses> {
  const folder = join(tmpdir(), `slicewise-classes-${cases}-v${CLASSES_VERSION}`);
  if (!existsSync(folder)) await makeClasses(folder, cases);
  const roles = (...names: readonly string[]) => [
    ...['old.parquet', 'new.parquet', ...names.flatMap((name) => ['--map', name])],
    ...['--slice', 'segment'],
  ];
  return {
    folder,
    intents: roles('expected=intent', 'predicted=intent_found'),
    fraud: roles('expected=kind', 'predicted=kind_found', 'probabilities=p_fraud'),
  };
}

const make = (folder: string, cases: number) =>
  written(folder, cases, ([side, isNew], id) => {
    const fails = `(${share(10)} < 0.06 + 0.10 * ${share(5)})`;
    const lost = `(segment = 'refund_flow' AND language = 'de' AND ${share(11)} < 0.12) OR ${share(12)} < 0.02`;
    const gained = `${share(13)} < 0.35`;
    const failed = isNew ? `CASE WHEN ${fails} THEN NOT (${gained}) ELSE (${lost}) END` : fails;
    const salt = isNew ? 21 : 20;
    return `
      COPY (
        SELECT ${id} AS case_id, segment, language, region, channel, length, created_at, input, expected, NOT failed AS passed,
          round(CASE WHEN failed THEN 0.5 * ${share(salt)} ELSE 0.5 + 0.5 * ${share(salt)} END, 3) AS score,
          CAST(120 + length * (0.1 + 0.1 * ${share(salt + 10)}) AS INTEGER) AS latency_ms,
          CASE WHEN failed THEN 'I am sorry, I cannot help with that.' ELSE 'Done: your ' || expected || ' is taken care of.' END AS output
        FROM (SELECT *, ${failed} AS failed FROM (SELECT i, ${ATTRIBUTES} FROM range(${cases}) AS t(i)))
      ) TO '${side}' (FORMAT parquet)`;
  });

/** Intents are a verb and a thing; what is mistaken keeps one of both. A fraud in twenty, told apart better by the new run. */
const makeClasses = (folder: string, cases: number) =>
  written(folder, cases, ([side, isNew], id) => {
    const salt = isNew ? 50 : 40;
    const wrong = isNew ? 0.1 : 0.12;
    // One pair of intents is confused anew: invoices are no longer disputed but explained.
    const news = isNew
      ? `WHEN verb = 'dispute' AND thing = 'invoice' AND ${share(51)} < 0.3 THEN 'explain_invoice'`
      : '';
    const logit = `(CASE WHEN fraud THEN 0.4 ELSE -2.4 END + ${isNew ? 2.4 : 3.4} * (${share(33)} + ${share(34)} + ${share(salt + 5)} - 1.5))`;
    return `
      COPY (
        SELECT ${id} AS case_id, segment, language, region, channel, created_at,
          'Please ' || verb || ' my ' || thing || ' number ' || i AS input,
          verb || '_' || thing AS intent,
          CASE WHEN ${share(salt)} < 0.002 THEN NULL
            ${news}
            WHEN ${share(30)} < ${wrong} AND ${share(31)} < 0.5 THEN verb || '_' || ${choice(SUBJECTS, salt + 2)}
            WHEN ${share(30)} < ${wrong} THEN ${choice(VERBS, salt + 3)} || '_' || thing
            ELSE verb || '_' || thing END AS intent_found,
          CASE WHEN fraud THEN 'fraud' ELSE 'genuine' END AS kind,
          CASE WHEN ${logit} >= 0 THEN 'fraud' ELSE 'genuine' END AS kind_found,
          CASE WHEN ${share(salt + 6)} < 0.001 THEN NULL ELSE 1 / (1 + exp(-${logit})) END AS p_fraud
        FROM (
          SELECT i, ${ATTRIBUTES}, ${choice(VERBS, 7, 1.8)} AS verb, ${choice(SUBJECTS, 8, 1.5)} AS thing, ${share(32)} < 0.05 AS fraud
          FROM range(${cases}) AS t(i))
      ) TO '${side}' (FORMAT parquet)`;
  });

/** Runs one statement for the old side and one for the new, in a folder that appears when both are done. */
async function written(
  folder: string,
  cases: number,
  statement: (side: readonly [path: string, isNew: boolean], id: string) => string,
): Promise<void> {
  const fresh = mkdtempSync(`${folder}-`);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: '2GB',
    temp_directory: join(fresh, 'spill'),
  });
  const connection = await instance.connect();
  const id = `'case-' || lpad(CAST(i AS VARCHAR), ${String(cases - 1).length}, '0')`;
  for (const side of [
    [`${fresh}/old.parquet`, false],
    [`${fresh}/new.parquet`, true],
  ] as const) {
    await connection.run(statement(side, id));
  }
  instance.closeSync();
  rmSync(join(fresh, 'spill'), { recursive: true, force: true });
  try {
    renameSync(fresh, folder);
  } catch {
    // Another test file was first; its files are the same.
    rmSync(fresh, { recursive: true, force: true });
  }
}
