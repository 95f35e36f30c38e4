/** Spells drawn rows as cases that a harness can run: JSON lines as the logs have them, promptfoo tests, Inspect samples. */

import { stringify } from 'yaml';
import type { Cell, ColumnMapping } from '../../cases/index.ts';
import { UsageError } from '../../errors.ts';
import { IMPORTED_COLUMNS } from '../../sources/index.ts';
import { type CaseValue, caseValue, sameCell, valueCell } from './case-value.ts';
import type { DrawnCase } from './drawn-case.ts';
import type { CaseFormat } from './sample-request.ts';

/** What the spelling needs to know of the logs. */
export interface CaseColumns {
  readonly mapping: ColumnMapping;
  readonly columns: readonly string[];
  /** Slice keys by name. */
  readonly by: readonly { readonly name: string; readonly column: string }[];
}

/** One case for another harness. */
export interface HarnessCase {
  readonly id: string;
  readonly input: CaseValue;
  readonly target: string;
  readonly metadata: {
    readonly case_id: string;
    readonly slices: Readonly<Record<string, string>>;
    /** Everything else that the log says: output, tool calls, timestamp and all other columns. */
    readonly log: Readonly<Record<string, CaseValue>>;
    readonly sample: { readonly stratum: string; readonly probability: number | null };
  };
}

const ENDINGS: Readonly<Record<CaseFormat, readonly string[]>> = {
  jsonl: ['.jsonl'],
  promptfoo: ['.yaml', '.yml', '.json', '.jsonl'],
  inspect: ['.jsonl'],
};

/** Columns of another tool's logs that hold numbers. */
const NUMBERS: ReadonlySet<string> = new Set([
  IMPORTED_COLUMNS.score,
  IMPORTED_COLUMNS.latencyMs,
  IMPORTED_COLUMNS.costUsd,
  IMPORTED_COLUMNS.inputTokens,
  IMPORTED_COLUMNS.outputTokens,
  IMPORTED_COLUMNS.totalTokens,
]);

/** @throws UsageError where the ending does not fit the format */
export function checkCaseFile(path: string, as: CaseFormat): void {
  if (ENDINGS[as].some((ending) => path.toLowerCase().endsWith(ending))) return;
  throw new UsageError({
    message: `${path} cannot be written as ${as}`,
    hint: `endings are ${ENDINGS[as].join(', ')}`,
  });
}

/** The text of the file. */
export function caseFile(
  path: string,
  as: CaseFormat,
  cases: readonly DrawnCase[],
  columns: CaseColumns,
): string {
  if (as === 'jsonl') return lines(cases.map((one) => jsonLine(one, columns)));
  const spelled = cases.map((one) => harnessCase(one, columns));
  if (as === 'inspect') return lines(spelled.map((one) => JSON.stringify(one)));
  const tests = spelled.map((one) => promptfooTest(one, inputName(columns.mapping)));
  if (/\.ya?ml$/i.test(path)) {
    // All texts in quotes, so that no reader takes one for a date, a number or a switch.
    return stringify(tests, {
      lineWidth: 0,
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      aliasDuplicateObjects: false,
    });
  }
  return path.toLowerCase().endsWith('.jsonl')
    ? lines(tests.map((test) => JSON.stringify(test)))
    : `${JSON.stringify(tests, null, 2)}\n`;
}

/** Name of the object that says how a row was drawn: one that no column has. */
export function sampleKey(columns: readonly string[]): string {
  const isTaken = (name: string) =>
    columns.some((column) => column === name || column.startsWith(`${name}.`));
  let name = 'slicewise';
  while (isTaken(name)) name = `${name}_`;
  return name;
}

/** Name of the column of case ids that is added where the logs have none. */
export function idKey(columns: readonly string[]): string {
  let name = 'case_id';
  while (columns.includes(name)) name = `${name}_`;
  return name;
}

/** The variable of promptfoo that holds the input: the last part of its column's name. */
export function inputName({ input }: ColumnMapping): string {
  return (input ?? 'input').split('.').at(-1)!.replace(/\W/g, '_') || 'input';
}

/** One row with how it was drawn in front; JSON of the log stays as it is spelled. */
function jsonLine(one: DrawnCase, { columns, mapping }: CaseColumns): string {
  const sample = JSON.stringify({ id: one.name, stratum: one.stratum, probability: one.probability });
  const id =
    mapping.caseId === undefined ? `,${JSON.stringify(idKey(columns))}:${JSON.stringify(one.name)}` : '';
  const own = one.raw === null ? cellsObject(one, columns) : one.raw.trim().replace(/\r?\n/g, ' ');
  const rest = own.slice(1).trimStart();
  return `{${JSON.stringify(sampleKey(columns))}:${sample}${id}${rest.startsWith('}') ? '' : ','}${rest}`;
}

/** Cells as one flat object; dotted names stay dotted. */
function cellsObject({ cells }: DrawnCase, columns: readonly string[]): string {
  const parts = columns.flatMap((name) => {
    const cell = cells.get(name);
    if (cell === undefined) return [];
    const isNumber =
      NUMBERS.has(name) && typeof cell === 'string' && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(cell);
    const value = caseValue(cell);
    // An object would be read as columns of its own, so it stays the text that it is.
    const text = isNumber ? cell : JSON.stringify(Array.isArray(value) ? value : cell);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${parts.join(',')}}`;
}

/** A drawn row as a case; what has no place of its own in a case stands under `log`, so that nothing is lost. */
export function harnessCase(one: DrawnCase, { mapping, columns, by }: CaseColumns): HarnessCase {
  const { input, expected, caseId } = mapping;
  const asked = input === undefined ? undefined : one.cells.get(input);
  const wanted = expected === undefined ? undefined : one.cells.get(expected);
  const given = asked === undefined ? '' : inputValue(asked);
  const target = typeof wanted === 'string' ? wanted : '';
  const placed = new Map<string | undefined, Cell>([
    ...by.map(({ name, column }) => [column, one.slices[name] ?? null] as const),
    [caseId, one.name],
    [input, valueCell(given)],
    [expected, target === '' ? null : target],
  ]);
  const log = columns.flatMap((name) => {
    const cell = one.cells.get(name);
    return cell === undefined || (placed.has(name) && sameCell(placed.get(name), cell))
      ? []
      : [[name, caseValue(cell)] as const];
  });
  return {
    id: one.name,
    input: given,
    target,
    metadata: {
      case_id: one.name,
      slices: one.slices,
      log: Object.fromEntries(log),
      sample: { stratum: one.stratum, probability: one.probability },
    },
  };
}

/** Messages as messages, everything else as text. */
function inputValue(cell: string | readonly string[]): CaseValue {
  const value = caseValue(cell);
  const isMessages =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => typeof part === 'object' && part !== null && 'role' in part && 'content' in part);
  return isMessages ? value : typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** A list in `vars` would become one test per element, so messages are JSON text there. Slice keys stand beside the rest. */
export function promptfooTest({ id, input, target, metadata }: HarnessCase, variable: string) {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return {
    description: id,
    vars: { [variable]: text, ...(target === '' ? {} : { expected: target }) },
    metadata,
  };
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
