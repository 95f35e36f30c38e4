/** Meinshausen's tree: families of slices are tested from the root down, and a child only below a rejected parent. */

/** A tree by name: the children of each inner node. */
export type Tree = Readonly<Record<string, readonly string[]>>;

/**
 * Adjusted p-values of all nodes: the maximum over the node and its ancestors of min(1, p K / leaves below), where K
 * counts all leaves. Controls the family-wise error over the whole tree under any dependence.
 *
 * @param children children of each inner node; nodes without an entry are leaves
 * @param p raw p-value of every node (of the pooled counts of its leaves), in [0,1]
 * @throws RangeError when a node has no p-value, or is reached twice
 * @source Meinshausen 2008, Biometrika 95:265
 * @example meinshausen({ all: ['a', 'b'] }, { all: 0.01, a: 0.02, b: 0.2 }) // { all: 0.01, a: 0.04, b: 0.4 }
 */
export function meinshausen(children: Tree, p: Readonly<Record<string, number>>): Record<string, number> {
  const below = new Set(Object.values(children).flat());
  const roots = Object.keys(children).filter((name) => !below.has(name));
  const leaves = new Map<string, number>();
  const seen = new Set<string>();
  const total = roots.reduce((sum, root) => sum + countLeaves(root), 0);
  const adjusted: Record<string, number> = {};
  for (const root of roots) descend(root, 0);
  const lost = [...below].find((name) => !seen.has(name));
  if (lost !== undefined) throw new RangeError(`the tree has a cycle through "${lost}"`);
  return adjusted;

  function countLeaves(name: string): number {
    if (seen.has(name)) throw new RangeError(`node "${name}" is reached twice`);
    seen.add(name);
    const own = children[name] ?? [];
    const count = own.length === 0 ? 1 : own.reduce((sum, child) => sum + countLeaves(child), 0);
    leaves.set(name, count);
    return count;
  }

  function descend(name: string, inherited: number): void {
    const raw = p[name];
    if (raw === undefined || !(raw >= 0 && raw <= 1)) {
      throw new RangeError(`node "${name}" has p-value ${raw}, must be in [0,1]`);
    }
    const value = Math.max(inherited, Math.min(1, (raw * total) / leaves.get(name)!));
    adjusted[name] = value;
    for (const child of children[name] ?? []) descend(child, value);
  }
}
