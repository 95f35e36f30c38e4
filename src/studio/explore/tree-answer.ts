/** The error tree as nodes that can be clicked: each is a filter of the page and a predicate. */

import type { TreeCondition, TreeNode } from '../../discovery/index.ts';
import type { Expression } from '../../slices/index.ts';
import { type SearchedCases, toEstimate } from '../../studies/index.ts';
import type { ExploreDimension } from '../contract/explore.ts';
import type { ExploreAssociations, ExploreNode, ExploreTree } from '../contract/explore-finds.ts';
import type { ExploreChoice, ExploreDefinition } from '../contract/explore-selection.ts';
import type { StudioSession } from '../session.ts';
import { asideIfLarge } from './aside.ts';
import type { ExploreCases } from './explore-cases.ts';
import { type SearchedDimensions, searchedDimensions } from './search-input.ts';
import { definedBy, definitionOf } from './selection.ts';

const DEPTH = 3;

/** Least cases on either side of a split: 1 % of the half that chooses, and at least 20. */
const LEAST = { cases: 20, share: 0.01 } as const;

/** Splits are chosen on one half of the cases, rates are those of the other. */
export async function treeAnswer(cases: ExploreCases, session: StudioSession): Promise<ExploreTree> {
  const searched = searchedDimensions(cases);
  const rows = cases.coded.candidate.length;
  const minLeaf = Math.max(LEAST.cases, Math.ceil((LEAST.share * rows) / 2));
  const options = { maxDepth: DEPTH, minLeaf, alpha: 0.05, level: cases.shape.level };
  const { tree, scale } = await asideIfLarge('tree', rows, { cases: searched.cases, options }, session);
  const read = { ...searched, scale };
  const nodes: ExploreNode[] = [];
  const visit = (node: TreeNode, parent: string | null): void => {
    const id =
      parent === null ? 'root' : `${parent}.${nodes.filter((one) => one.parent === parent).length + 1}`;
    nodes.push(nodeOf(node, { id, parent }, read, cases));
    for (const child of node.children) visit(child, id);
  };
  visit(tree, null);
  return { nodes, minLeaf, maxDepth: DEPTH };
}

function nodeOf(
  node: TreeNode,
  place: { readonly id: string; readonly parent: string | null },
  searched: SearchedDimensions & { readonly scale: SearchedCases['scale'] },
  cases: ExploreCases,
): ExploreNode {
  const { scale } = searched;
  const { columns } = searched.cases;
  const last = node.path.at(-1);
  const name = last === undefined ? 'all cases' : columns[last.column]!.values[last.code - 1]!.name;
  const { chosenOn } = node;
  const rate = chosenOn.rate === null ? null : scale.origin + scale.sign * chosenOn.rate;
  return {
    ...place,
    depth: node.path.length,
    condition: last?.has === false ? `not ${name}` : name,
    ...{ cases: node.cases, allCases: node.cases + chosenOn.cases },
    rate: toEstimate(node.rate, scale),
    errorShare: node.errorShare,
    chosenOn: { cases: chosenOn.cases, rate },
    splitP: node.split?.p ?? null,
    stopped: node.stopped,
    choice: choiceOf(node.path, searched, cases),
    definition: pathDefinition(node.path, searched, cases),
  };
}

/** Conditions on one dimension together leave some of its values. */
function choiceOf(
  path: readonly TreeCondition[],
  { dimensionOf }: SearchedDimensions,
  { answer }: ExploreCases,
): readonly ExploreChoice[] {
  const columns = [...new Set(path.map(({ column }) => column))];
  return columns.map((column) => {
    const { id, values } = answer.dimensions[dimensionOf[column]!]!;
    const own = path.filter((condition) => condition.column === column);
    const left = values.filter(({ code }) => own.every((one) => (one.code === code) === one.has));
    return { dimension: id, values: left.map(({ key }) => key) };
  });
}

/**
 * The path in words. "Not this value" is true of cases without any value too, but the language calls it unknown for them: that is
 * said apart. Where a condition has no words, those of the values that are left may do.
 */
function pathDefinition(
  path: readonly TreeCondition[],
  searched: SearchedDimensions,
  cases: ExploreCases,
): ExploreDefinition {
  if (path.length === 0)
    return { predicate: null, whyNot: 'these are all cases', derived: [], isListable: true };
  const parts: Expression[] = [];
  for (const condition of path) {
    const dimension = cases.answer.dimensions[searched.dimensionOf[condition.column]!]!;
    const part = conditionPart(condition, dimension);
    if (part === null) {
      return definitionOf(cases.answer.dimensions, choiceOf(path, searched, cases), cases.words);
    }
    parts.push(part);
  }
  return definedBy(parts, cases.words);
}

function conditionPart({ code, has }: TreeCondition, { values }: ExploreDimension): Expression | null {
  const where = values.find((value) => value.code === code)?.where ?? null;
  if (where === null || has) return where;
  const left = values.filter((value) => value.code !== code);
  // Of two values the other one has a name of its own.
  if (left.length === 1 && left[0]!.where !== null) return left[0]!.where;
  const others = values.filter(
    (value) => value.code !== code && value.state !== 'value' && value.state !== 'other',
  );
  if (others.some((other) => other.where === null)) return null;
  const not: Expression = { kind: 'not', part: where };
  const missing = others.flatMap((other) => other.where ?? []);
  return where.kind === 'missing' || missing.length === 0 ? not : { kind: 'or', parts: [not, ...missing] };
}

/** Which dimensions go together. */
export async function associationsAnswer(
  cases: ExploreCases,
  session: StudioSession,
): Promise<ExploreAssociations> {
  const searched = searchedDimensions(cases);
  const made = await asideIfLarge(
    'associations',
    cases.coded.candidate.length,
    { cases: searched.cases },
    session,
  );
  const dimensions = searched.dimensionOf.map((at) => {
    const { id, label } = cases.answer.dimensions[at]!;
    return { id, label };
  });
  if (made !== null) return { dimensions, pairs: made.pairs, withMetric: made.withMetric, tooMany: null };
  const tooMany =
    dimensions.length < 2
      ? 'there are fewer than two dimensions'
      : 'there are too many cases and dimensions to count every pair while you wait';
  return { dimensions, pairs: [], withMetric: [], tooMany };
}
