/** The places of a JSON document that a reader wants, as a tree along which a walk goes. */

/** Which places: keys (and list positions) joined by dots, `*` for any one; `''` is the root. */
export interface WantedPaths {
  /** Lists whose elements are handed on one by one. */
  readonly elements: readonly string[];
  /** Values that are handed on whole. */
  readonly values: readonly string[];
}

/** A place that lies on the way to a wanted one, or is wanted. */
export interface WantedNode {
  readonly elements: boolean;
  readonly value: boolean;
  readonly isLeaf: boolean;
  readonly isRoot: boolean;
  /** Whether no `*` is on the way. */
  readonly isExact: boolean;
  readonly children: ReadonlyMap<string, WantedNode>;
}

interface GrowingNode extends WantedNode {
  elements: boolean;
  value: boolean;
  isLeaf: boolean;
  readonly children: Map<string, GrowingNode>;
}

/** The tree of some paths. */
export function compileWanted(wanted: WantedPaths): WantedNode {
  const root = createNode(true, true);
  for (const path of wanted.elements) grow(root, path).elements = true;
  for (const path of wanted.values) grow(root, path).value = true;
  return root;
}

/** The nodes of a key below some nodes. */
export function childNodes(nodes: readonly WantedNode[], key: string): readonly WantedNode[] {
  const found: WantedNode[] = [];
  for (const { children } of nodes) {
    const exact = children.get(key);
    const any = children.get('*');
    if (exact !== undefined) found.push(exact);
    if (any !== undefined && any !== exact) found.push(any);
  }
  return found;
}

/** What to do with a value: enter it, keep it whole, pass over it, or complain that it should be a list or object. */
export type Use = 'list' | 'object' | 'keep' | 'pass' | 'wrong';

/**
 * What the value at some nodes is for.
 *
 * @param code of its first character
 */
export function useOf(nodes: readonly WantedNode[], code: number): Use {
  const isList = code === 0x5b;
  const holds = holdsElements(nodes);
  if (isList && holds) return 'list';
  if (nodes.some(({ value }) => value)) return 'keep';
  const goesDeeper = nodes.some(({ isLeaf }) => !isLeaf);
  if (goesDeeper && isList) return 'list';
  if (goesDeeper && code === 0x7b) return 'object';
  const isNull = code === 0x6e;
  const isRoot = nodes.some((node) => node.isRoot);
  return isRoot || (holds && !isNull && nodes.some(({ isExact }) => isExact)) ? 'wrong' : 'pass';
}

/** Whether the elements of a list at some nodes are wanted. */
export function holdsElements(nodes: readonly WantedNode[]): boolean {
  return nodes.some(({ elements }) => elements);
}

function createNode(isExact: boolean, isRoot = false): GrowingNode {
  return { elements: false, value: false, isLeaf: true, isRoot, isExact, children: new Map() };
}

function grow(root: GrowingNode, path: string): GrowingNode {
  let node = root;
  for (const key of path === '' ? [] : path.split('.')) {
    const child = node.children.get(key) ?? createNode(node.isExact && key !== '*');
    node.children.set(key, child);
    node.isLeaf = false;
    node = child;
  }
  return node;
}
