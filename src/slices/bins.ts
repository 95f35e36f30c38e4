/** Half-open ranges of a number, and what they are called. */

/**
 * The label of the range that holds a number: below the first edge, `[edge, next edge)`, or from the last edge on.
 *
 * @param edges strictly increasing, at least one
 * @example binLabel(10, [10, 20]) // '10-20'
 */
export function binLabel(value: number, edges: readonly number[]): string {
  const above = edges.findIndex((edge) => value < edge);
  if (above === -1) return `>=${edges.at(-1)}`;
  return above === 0 ? `<${edges[0]}` : `${edges[above - 1]}-${edges[above]}`;
}

/**
 * All labels from low to high; edges are printed by JavaScript's `String()`.
 *
 * @example binLabels([10, 20]) // ['<10', '10-20', '>=20']
 */
export function binLabels(edges: readonly number[]): readonly string[] {
  const inner = edges.slice(1).map((edge, at) => `${edges[at]}-${edge}`);
  return [`<${edges[0]}`, ...inner, `>=${edges.at(-1)}`];
}
