/** Fields of JSON objects that the reader of the rows has spread over columns, such as `expected.city` and `output.city`. */

import type { Cell } from '../../cases/index.ts';
import type { LoadedRun } from '../../stages/index.ts';
import { jsonParts } from '../../stats/index.ts';
import { type CaseCells, readCaseCells } from './case-cells.ts';
import { type CellParts, jsonOf, loose, readParts, spreadFields, withoutFence } from './cell-parts.ts';
import type { RunAnswers } from './part-cases.ts';
import type { MeasurePartsInput } from './parts-input.ts';

/** Names under which rows keep what was expected and what was given, best first. */
const EXPECTED = ['expected', 'target', 'reference', 'gold', 'label'] as const;
const GIVEN = ['predicted', 'prediction', 'output', 'answer', 'response'] as const;

/** Whether a column may be a field of such an object. */
export function isSpreadColumn(column: string): boolean {
  return [...EXPECTED, ...GIVEN].some((name) => column.startsWith(`${name}.`));
}

/** Cells of both runs with their fields. */
export interface SpreadParts {
  readonly columns: { readonly expected: string; readonly given: string };
  readonly cells: readonly (CellParts | null)[];
  readonly runs: { readonly baseline: RunAnswers | null; readonly candidate: RunAnswers };
}

/** Where the object of a run stands: spread over columns that begin with a name, or as JSON text in one. */
interface Place {
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * Reads objects of which at least one is spread over columns; null where none is, so that both are JSON texts.
 */
export async function spreadParts(
  { comparison, withBaseline }: MeasurePartsInput,
  ids: readonly string[],
): Promise<SpreadParts | null> {
  const { candidate } = comparison;
  const baseline = withBaseline ? comparison.baseline : null;
  const expected = placeOf(candidate, EXPECTED, candidate.opened.mapping.expected);
  const given = placeOf(
    candidate,
    GIVEN,
    candidate.opened.mapping.predicted ?? candidate.opened.mapping.output,
  );
  if (expected === null || given === null) return null;
  if (isText(expected) && isText(given)) return null;
  const after = await readSide(candidate, { expected, given }, ids);
  const before =
    baseline &&
    (await readSide(baseline, { expected: ofRun(baseline, expected), given: ofRun(baseline, given) }, ids));
  return {
    columns: { expected: expected.name, given: given.name },
    cells: after.expected.map((parts, place) => parts ?? before?.expected[place] ?? null),
    runs: { baseline: before?.answers ?? null, candidate: after.answers },
  };
}

async function readSide(
  run: LoadedRun,
  places: { readonly expected: Place; readonly given: Place },
  ids: readonly string[],
): Promise<{ readonly expected: readonly (CellParts | null)[]; readonly answers: RunAnswers }> {
  const read = await readCaseCells(run, ids, [...places.expected.columns, ...places.given.columns]);
  return {
    expected: partsOf(read, places.expected, ids.length),
    answers: { ...read, given: partsOf(read, places.given, ids.length) },
  };
}

function partsOf(
  { columns, present }: CaseCells,
  { name, columns: names }: Place,
  cases: number,
): (CellParts | null)[] {
  return Array.from({ length: cases }, (_, place) => {
    if (present[place] === 0) return null;
    const cells = new Map<string, Cell>(names.map((column) => [column, columns.get(column)![place]!]));
    const text = cells.get(name);
    if (typeof text === 'string') return looseText(text);
    const fields = new Map(
      [...cells]
        .filter(([column]) => column !== name)
        .map(([column, cell]) => [column.slice(name.length + 1), cell]),
    );
    if ([...fields.values()].every((cell) => cell === null)) return null;
    return { kind: 'texts', texts: spreadFields(fields), fields: true };
  });
}

/** JSON text beside objects that are spread: their texts have lost their quotes, so that these must as well. */
function looseText(text: string): CellParts {
  const parts = readParts(text, 'json-fields');
  const parsed = jsonOf(withoutFence(text));
  return parts.kind === 'fault' || parsed === undefined
    ? parts
    : { kind: 'texts', texts: jsonParts(loose(parsed)), fields: true };
}

function placeOf({ opened }: LoadedRun, names: readonly string[], mapped: string | undefined): Place | null {
  for (const name of mapped === undefined ? names : [mapped, ...names]) {
    const columns = opened.columns.filter((column) => column === name || column.startsWith(`${name}.`));
    if (columns.length > 0) return { name, columns };
  }
  return null;
}

function ofRun({ opened }: LoadedRun, { name }: Place): Place {
  return {
    name,
    columns: opened.columns.filter((column) => column === name || column.startsWith(`${name}.`)),
  };
}

function isText({ name, columns }: Place): boolean {
  return columns.length === 1 && columns[0] === name;
}
