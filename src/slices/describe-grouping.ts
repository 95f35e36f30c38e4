/** What a grouping looks at, and how a report words its definition. */

import { binLabels } from './bins.ts';
import { columnsOf } from './expression.ts';
import { formatExpression, formatName } from './format-expression.ts';
import type { Grouping } from './grouping.ts';

/**
 * The columns that a grouping reads, each once, in order of first appearance.
 *
 * @example groupingColumns({ kind: 'column', id: 'c', column: 'customer' }) // ['customer']
 */
export function groupingColumns(grouping: Grouping): readonly string[] {
  switch (grouping.kind) {
    case 'all':
      return [];
    case 'column':
    case 'bins':
    case 'time':
      return [grouping.column];
    case 'cross':
      return [...new Set(grouping.parts.flatMap(groupingColumns))];
    case 'predicate':
      return columnsOf(grouping.where);
    case 'map':
      return groupingColumns(grouping.of);
  }
}

/**
 * The definition of a grouping in one line, or null where its id says all there is (a plain column, or all cases).
 *
 * @example describeGrouping({ kind: 'bins', id: 'b', column: 'input', of: 'words', edges: [50, 200] })
 * // 'words(input): <50, 50-200, >=200'
 */
export function describeGrouping(grouping: Grouping): string | null {
  switch (grouping.kind) {
    case 'all':
    case 'column':
      return null;
    case 'cross':
      return grouping.parts.map(nameOf).join(' x ');
    case 'predicate':
      return formatExpression(grouping.where);
    case 'bins':
      return `${measureOf(grouping.of, grouping.column)}: ${binLabels(grouping.edges).join(', ')}`;
    case 'time':
      return `${grouping.by} of ${formatName(grouping.column)}`;
    case 'map': {
      const names = new Set(grouping.values.values());
      const rest = grouping.other === null ? '' : `, else ${formatName(grouping.other)}`;
      return `${nameOf(grouping.of)} (${grouping.values.size} values as ${names.size}${rest})`;
    }
  }
}

function nameOf(grouping: Grouping): string {
  if (grouping.kind === 'column') return formatName(grouping.column);
  const description = describeGrouping(grouping);
  if (description === null) return 'all';
  return grouping.kind === 'predicate' || grouping.kind === 'cross' ? `(${description})` : description;
}

function measureOf(of: 'number' | 'characters' | 'words', column: string): string {
  const name = formatName(column);
  return of === 'number' ? name : of === 'characters' ? `length(${name})` : `words(${name})`;
}
