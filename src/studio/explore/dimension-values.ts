/** The values of a coded column as bars: in the order in which they are drawn, each with a key for addresses and a predicate. */

import type { CodedColumn } from '../../counts/index.ts';
import { binLabels, type Expression } from '../../slices/index.ts';
import type { SearchColumn } from '../../studies/index.ts';
import type { ExploreDimension, ExploreValue } from '../contract/explore.ts';
import type { PlannedDimension } from './choose-dimensions.ts';

/** Longer texts stand in addresses as a digest. */
const LONGEST_KEY = 60;

/** The dimension of one coded column. */
export function dimensionOf(
  { kind, chosen }: PlannedDimension,
  coded: CodedColumn,
  named: SearchColumn,
): ExploreDimension {
  const { grouping } = chosen;
  const values = coded.values.map(({ state, value, cases }, i): ExploreValue => {
    const label = state === 'value' ? tagLabel(coded.tag, value) : `(${state})`;
    return {
      ...{ key: keyOf(state, value), label, state, cases, code: i + 1 },
      where: named.values[i]!.where ?? timeCondition(chosen.column, grouping.kind, state, value),
    };
  });
  const rest: readonly ExploreValue[] =
    coded.rareCases === 0
      ? []
      : [
          {
            key: '!other',
            label: '(other values)',
            state: 'other',
            cases: coded.rareCases,
            code: 0,
            where: null,
          },
        ];
  const edges = grouping.kind === 'bins' ? grouping.edges : null;
  return {
    id: coded.tag === null ? coded.grouping : `${coded.grouping}: ${coded.tag}`,
    label: coded.tag === null ? chosen.column : `${chosen.column}: ${coded.tag}`,
    kind: coded.tag === null ? kind : 'tag',
    definition: chosen.definition,
    edges,
    values: [...inOrder(values, kind, edges), ...rest],
    otherValues: coded.rareValues,
  };
}

function tagLabel(tag: string | null, value: string): string {
  return tag === null ? value : value === 'yes' ? 'has the tag' : 'has it not';
}

/** `=text`, or `!state`; a long text by its digest. */
export function keyOf(state: string, value: string): string {
  if (state !== 'value') return `!${state}`;
  return value.length <= LONGEST_KEY ? `=${value}` : `#${digest(value)}-${value.length}`;
}

/** FNV-1a over UTF-16 units: two long values of one column that share it are one filter, which does not happen by chance. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193) >>> 0;
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) >>> 0;
  }
  return `${a.toString(36)}${b.toString(36)}`;
}

/** Ranges and times by size, with empty ranges between them; everything else as the table has it: most cases first. */
function inOrder(
  values: readonly ExploreValue[],
  kind: ExploreDimension['kind'],
  edges: readonly number[] | null,
): readonly ExploreValue[] {
  const states = values.filter(({ state }) => state !== 'value');
  const present = values.filter(({ state }) => state === 'value');
  if (edges !== null) {
    const byLabel = new Map(present.map((value) => [value.label, value]));
    return [...binLabels(edges).flatMap((label) => byLabel.get(label) ?? []), ...states];
  }
  if (kind !== 'time') return [...present, ...states];
  return [...present.toSorted((a, b) => (a.label < b.label ? -1 : 1)), ...states];
}

/** The language reads no timestamps, but the gate computes their buckets under these names. */
function timeCondition(column: string, kind: string, state: string, value: string): Expression | null {
  if (kind !== 'time') return null;
  if (state === 'missing') return { kind: 'missing', column };
  if (state !== 'value') return null;
  return {
    kind: 'compare',
    op: '==',
    left: { kind: 'column', column },
    right: { kind: 'literal', value },
  };
}
