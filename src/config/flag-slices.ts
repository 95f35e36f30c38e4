/** Reads `--slice`, `--cross`, `--where` and `--critical`. */

import { type Problem, SlicewiseError } from '../errors.ts';
import { parseExpression } from '../slices/index.ts';
import type { Flags } from './flags.ts';
import { plainSlice, sliceName } from './slice-name.ts';
import type { SliceConfig } from './types.ts';

/** The slices of the flags in place of the file's, where there are any; then the critical values. */
export function mergeSlices(
  known: readonly SliceConfig[],
  flags: Flags,
  problems: Problem[],
): readonly SliceConfig[] {
  const asked = [
    ...(flags.slice ?? []).map((column) => columnSlice(column, problems)),
    ...(flags.cross ?? []).map((typed) => crossSlice(typed, problems)),
    ...(flags.where ?? []).map((typed) => whereSlice(typed, problems)),
  ].filter((slice) => slice !== null);
  reportRepeats(asked, problems);
  const chosen =
    asked.length === 0 ? known : asked.map((slice) => known.find((old) => isSameCut(old, slice)) ?? slice);
  return (flags.critical ?? []).reduce((slices, typed) => addCritical(slices, typed, problems), chosen);
}

function columnSlice(column: string, problems: Problem[]): SliceConfig | null {
  if (column !== '') return plainSlice({ kind: 'column', column });
  problems.push({ message: '--slice is empty, must be a column' });
  return null;
}

function crossSlice(typed: string, problems: Problem[]): SliceConfig | null {
  const columns = typed.split(',').map((column) => column.trim());
  if (columns.length >= 2 && !columns.includes('') && new Set(columns).size === columns.length) {
    return plainSlice({ kind: 'cross', columns });
  }
  problems.push({
    message: `--cross ${typed} must be two or more different columns, such as A,B`,
    hint: 'columns with a comma in their name go into the file: cross: ["a,b", c]',
  });
  return null;
}

function whereSlice(typed: string, problems: Problem[]): SliceConfig | null {
  const split = typed.indexOf(':');
  const name = typed.slice(0, Math.max(0, split)).trim();
  if (name === '') {
    problems.push({
      message: `--where ${typed} must be 'NAME: EXPRESSION'`,
      hint: "for example --where 'long: length(input) > 8000'",
    });
    return null;
  }
  const text = typed.slice(split + 1).trim();
  const origin = { line: 1, column: typed.indexOf(text, split + 1) + 1, field: `--where ${name}` };
  try {
    return plainSlice({ kind: 'where', name, text, where: parseExpression(text, origin) });
  } catch (error) {
    if (!(error instanceof SlicewiseError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

function reportRepeats(slices: readonly SliceConfig[], problems: Problem[]): void {
  const names = slices.map(({ cut }) => sliceName(cut));
  for (const name of new Set(names.filter((name, at) => names.indexOf(name) < at))) {
    problems.push({ message: `two slices are called ${JSON.stringify(name)}`, hint: 'name each slice once' });
  }
}

/** A predicate of the flags replaces one of the file with the same name. */
function isSameCut(old: SliceConfig, asked: SliceConfig): boolean {
  return (
    asked.cut.kind !== 'where' &&
    old.cut.kind === asked.cut.kind &&
    sliceName(old.cut) === sliceName(asked.cut)
  );
}

function addCritical(
  slices: readonly SliceConfig[],
  typed: string,
  problems: Problem[],
): readonly SliceConfig[] {
  const split = typed.indexOf('=');
  if (split < 1 || split === typed.length - 1) {
    problems.push({
      message: `--critical ${typed} must be COLUMN=VALUE`,
      hint: 'for example --critical customer=refund_flow',
    });
    return slices;
  }
  const name = typed.slice(0, split);
  const value = typed.slice(split + 1);
  const named = slices.findIndex(({ cut }) => !isUnplaced(cut) && sliceName(cut) === name);
  const listed = slices.findIndex(({ cut, only }) => isUnplaced(cut) && only?.includes(value));
  const index = named >= 0 ? named : listed;
  if (index < 0) {
    return [...slices, withCritical(plainSlice({ kind: 'column', column: name }), value)];
  }
  const found = slices[index] as SliceConfig;
  // The flag names the column that listed segments left open.
  const placed: SliceConfig = isUnplaced(found.cut)
    ? { ...found, cut: { kind: 'column', column: name } }
    : found;
  return slices.with(index, withCritical(placed, value));
}

function isUnplaced(cut: SliceConfig['cut']): boolean {
  return cut.kind === 'column' && cut.column === null;
}

function withCritical(slice: SliceConfig, value: string): SliceConfig {
  if (slice.cut.kind === 'where') return { ...slice, critical: true };
  return {
    ...slice,
    values: new Map([...slice.values, [value, { ...slice.values.get(value), critical: true }]]),
  };
}
