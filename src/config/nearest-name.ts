/** Finds the known name that somebody may have meant. */

import { distance } from 'fastest-levenshtein';

/**
 * The nearest known name, or null where none is near: at most a third of its letters (at least two) may differ; case and
 * `_` and `-` do not count.
 *
 * @example nearestName('min_case', ['margin', 'minCases']) // 'minCases'
 */
export function nearestName(name: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  const wanted = plain(name.slice(0, 100));
  let best: string | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const steps = distance(wanted, plain(candidate));
    if (steps < fewest && steps <= Math.max(2, Math.ceil(candidate.length / 3))) {
      best = candidate;
      fewest = steps;
    }
  }
  return best;
}

/**
 * What to say about an unknown name: the nearest one, or all there are.
 *
 * @example nearestHint('min_case', ['margin', 'minCases']) // 'did you mean "minCases"?'
 */
export function nearestHint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === null ? `known: ${known.join(', ')}` : `did you mean "${near}"?`;
}
