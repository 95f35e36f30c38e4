/** Words the problems that zod finds: what was found, where, what was expected, what to do. */

import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { nearestHint, nearestName } from './nearest-name.ts';
import { escapeKey, fieldName, originalKey, type Path } from './path.ts';
import type { YamlSource } from './yaml-source.ts';

type Issue = z.core.$ZodIssue;

/** One problem and the path of the value that it is about. */
export interface PlacedProblem extends Problem {
  readonly path: Path;
  /** Whether the value cannot be read further; an unknown key or a number out of range can. */
  readonly blocks: boolean;
}

/**
 * All problems of a checked file, in the order of the file's places.
 *
 * @param knownKeys the keys that a map may have, by its path; for the hint on an unknown key
 */
export function shapeProblems(
  issues: readonly Issue[],
  source: YamlSource,
  knownKeys: (path: Path) => readonly string[],
): readonly PlacedProblem[] {
  return issues.flatMap((issue) => explain(issue, issue.path as Path, source, knownKeys));
}

function explain(
  issue: Issue,
  path: Path,
  source: YamlSource,
  knownKeys: (path: Path) => readonly string[],
): readonly PlacedProblem[] {
  if (issue.code === 'invalid_union') {
    const branch = bestBranch(issue.errors);
    if (branch !== null) {
      return branch.flatMap((inner) => explain(inner, [...path, ...(inner.path as Path)], source, knownKeys));
    }
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      blocks: false,
      message: `${fieldName([...path, key])} is unknown`,
      hint: nearestHint(originalKey(key), knownKeys(path)),
      where: source.whereKey([...path, escapeKey(originalKey(key))]),
    }));
  }
  const found = valueAt(source.value, path);
  if (found === undefined) {
    const parent = path.slice(0, -1);
    return [
      {
        path,
        blocks: true,
        message: `${fieldName(path)} is missing, must be ${expectation(issue)}`,
        where: source.where(parent),
      },
    ];
  }
  return [
    {
      path,
      blocks: !(issue.code === 'too_small' || issue.code === 'too_big') || Array.isArray(found),
      message: `${fieldName(path)} is ${show(found, source.text(path))}, must be ${expectation(issue)}`,
      where: source.where(path),
      ...hintFor(issue, found, source.text(path)),
    },
  ];
}

/** Faults that say that the value is of another type altogether. */
const OUTER_TYPE: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union']);

/** The one branch whose outer type fits what was written, or that alone knows all its keys; null where none or several do. */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const fitting = branches.filter(
    (issues) => !issues.some(({ path, code }) => path.length === 0 && OUTER_TYPE.has(code)),
  );
  if (fitting.length === 1) return fitting[0] as readonly Issue[];
  const knowing = fitting.filter(
    (issues) =>
      !issues.some(({ path, code }) => path.length === 0 && code === 'unrecognized_keys') &&
      issues.some(({ path }) => path.length > 0),
  );
  return knowing.length === 1 ? (knowing[0] as readonly Issue[]) : null;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map',
  record: 'a map',
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_NAMES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map(String));
    case 'too_small':
      return bound(issue.origin, issue.inclusive ? 'at least' : 'above', Number(issue.minimum));
    case 'too_big':
      return bound(issue.origin, issue.inclusive ? 'at most' : 'below', Number(issue.maximum));
    case 'invalid_union':
      return oneOf([...new Set(issue.errors.flat().flatMap(unionTypes))]);
    default:
      return issue.message;
  }
}

function unionTypes(issue: Issue): readonly string[] {
  // What is wrong within a map or list says nothing of what may stand in its place.
  if (issue.path.length > 0) return [];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(unionTypes);
  if (issue.code === 'unrecognized_keys') return ['a map of other keys'];
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // A name may be an unquoted number or boolean; what is asked for is a text.
  if (issue.code !== 'invalid_type' || issue.expected === 'number' || issue.expected === 'boolean') return [];
  return [TYPE_NAMES[issue.expected] ?? issue.expected];
}

function bound(origin: string, relation: string, value: number): string {
  if (origin === 'string') return 'a text that is not empty';
  if (origin === 'array') return `a list of ${relation} ${value}`;
  return value === Number.MAX_SAFE_INTEGER ? 'a smaller whole number' : `${relation} ${value}`;
}

function oneOf(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? 'something else')
    : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function show(value: unknown, spelled: string): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value) : spelled;
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

function hintFor(issue: Issue, found: unknown, spelled: string): { readonly hint?: string } {
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const near = nearestName(found, issue.values.map(String));
    return near === null ? {} : { hint: `did you mean "${near}"?` };
  }
  if (
    issue.code === 'too_big' &&
    Number(issue.maximum) === 1 &&
    typeof found === 'number' &&
    found > 1 &&
    found <= 100
  ) {
    return { hint: `${found / 100} is ${spelled} %` };
  }
  return {};
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found;
}
