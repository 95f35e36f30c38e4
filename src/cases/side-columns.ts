/** Columns of files that hold both runs side by side, such as `pred_before` and `pred_after`. */

import { plainName, ROLE_NAMES } from './role-names.ts';
import type { Role } from './roles.ts';

/** What such columns begin or end with, baseline first. */
const MARKS: readonly (readonly [baseline: string, candidate: string])[] = [
  ['before', 'after'],
  ['old', 'new'],
  ['baseline', 'candidate'],
  ['base', 'cand'],
  ['control', 'treatment'],
  ['a', 'b'],
  ['1', '2'],
];

/** Roles that two runs of one file have columns of their own for. */
const OWN_ROLES: ReadonlySet<Role> = new Set([
  'passed',
  'score',
  'predicted',
  'probabilities',
  'output',
  'error',
]);

/** Roles by which a run can be measured at all. */
const MEASURED: readonly Role[] = ['passed', 'score', 'predicted'];

/** Marks from here on also name other things, such as two raters or the two best answers. */
const DOUBTFUL_MARKS = 5;

/** Names that only count beside their counterpart, under marks that cannot be labels: `p_1` and `p_2` are of two classes. */
const PAIRED_PROBABILITIES = { names: ['p', 'prob', 'probability'], marks: 4 } as const;

/**
 * The columns that play a role in one of two runs of a file, best name first. A column counts only beside its counterpart,
 * which has the other run's mark in the same place.
 *
 * @example sideColumns('predicted', 'baseline', ['pred_before', 'pred_after']) // ['pred_before']
 */
export function sideColumns(
  role: Role,
  side: 'baseline' | 'candidate',
  columns: readonly string[],
): readonly string[] {
  if (!OWN_ROLES.has(role)) return [];
  const known = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const isProbability = role === 'probabilities';
  // The two answers that a judge compared are of two runs only where verdicts or scores bear the same marks.
  const measured = role === 'output' ? measuredMarks(columns) : null;
  const names = [...ROLE_NAMES[role], ...(isProbability ? PAIRED_PROBABILITIES.names : [])];
  return columns
    .flatMap((column) => {
      const found = markOf(column, side);
      if (found === null || !known.has(found.counterpart)) return [];
      if (isProbability && found.mark >= PAIRED_PROBABILITIES.marks) return [];
      if (found.mark >= DOUBTFUL_MARKS && measured?.has(found.mark) === false) return [];
      const rank = names.indexOf(plainName(found.rest));
      return rank < 0 ? [] : [{ column, rank: rank * MARKS.length + found.mark }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ column }) => column);
}

/** Columns of a file that seem to be two runs. */
export interface SideBySide {
  readonly baseline: readonly string[];
  readonly candidate: readonly string[];
  /** The marks mean two runs and nothing else, as `before` and `after` do. */
  readonly isSure: boolean;
}

/**
 * Whether columns hold verdicts, scores or answers of two runs beside each other.
 *
 * @returns null where they do not
 * @example sideBySide(['id', 'pass_before', 'pass_after']) // { baseline: ['pass_before'], candidate: ['pass_after'], isSure: true }
 */
export function sideBySide(columns: readonly string[]): SideBySide | null {
  const ofSide = (side: 'baseline' | 'candidate') =>
    MEASURED.flatMap((role) => sideColumns(role, side, columns).slice(0, 1));
  const [baseline, candidate] = [ofSide('baseline'), ofSide('candidate')];
  if (baseline.length === 0) return null;
  return {
    baseline,
    candidate,
    isSure: baseline.every((column) => (markOf(column, 'baseline')?.mark ?? DOUBTFUL_MARKS) < DOUBTFUL_MARKS),
  };
}

/** Marks under which verdicts, scores or predicted labels stand. */
function measuredMarks(columns: readonly string[]): ReadonlySet<number> {
  return new Set(
    MEASURED.flatMap((role) => sideColumns(role, 'baseline', columns)).flatMap(
      (column) => markOf(column, 'baseline')?.mark ?? [],
    ),
  );
}

interface MarkedName {
  /** Place in `MARKS`. */
  readonly mark: number;
  readonly rest: string;
  /** In lower case. */
  readonly counterpart: string;
}

function markOf(column: string, side: 'baseline' | 'candidate'): MarkedName | null {
  const name = column.toLowerCase();
  for (const [mark, [baseline, candidate]] of MARKS.entries()) {
    const [own, other] = side === 'baseline' ? [baseline, candidate] : [candidate, baseline];
    for (const separator of ['_', '-', ' ', '.']) {
      if (name.endsWith(separator + own)) {
        const rest = name.slice(0, -own.length - 1);
        return { mark, rest, counterpart: rest + separator + other };
      }
      if (name.startsWith(own + separator)) {
        const rest = name.slice(own.length + 1);
        return { mark, rest, counterpart: other + separator + rest };
      }
    }
  }
  return null;
}
