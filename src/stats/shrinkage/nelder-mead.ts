/** Nelder and Mead's simplex search for the minimum of a smooth function of a few numbers. */

/** Where the minimum was found and its value. */
export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
}

const MOST_STEPS = 2000;

/**
 * Minimises `f` from `start`; a step that gives Infinity is turned back.
 *
 * @param step first size of the simplex along each axis
 * @source Nelder and Mead 1965, Computer Journal 7:308
 * @example minimise(([x]) => (x! - 3) ** 2, [0], [1]).point // [3]
 */
export function minimise(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  step: readonly number[],
): Minimum {
  const at = (point: readonly number[]): Minimum => ({ point, value: f(point) });
  const corners = [at(start), ...start.map((x, i) => at(start.with(i, x + step[i]!)))];
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!;
    const worst = corners.at(-1)!;
    if (converged(best, worst)) break;
    const others = corners.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { point }) => sum + point[i]!, 0) / others.length);
    const towards = (scale: number) => at(centre.map((c, i) => c + scale * (c - worst.point[i]!)));
    const reflected = towards(1);
    let next = reflected;
    if (reflected.value < best.value) {
      const expanded = towards(2);
      if (expanded.value < reflected.value) next = expanded;
    } else if (reflected.value >= others.at(-1)!.value) {
      next = towards(reflected.value < worst.value ? 0.5 : -0.5);
      if (next.value >= Math.min(reflected.value, worst.value)) {
        for (let i = 1; i < corners.length; i++) {
          corners[i] = at(corners[i]!.point.map((x, j) => (x + best.point[j]!) / 2));
        }
        continue;
      }
    }
    corners[corners.length - 1] = next;
  }
  return corners.reduce((best, corner) => (corner.value < best.value ? corner : best));
}

function converged(best: Minimum, worst: Minimum): boolean {
  const near = best.point.every((x, i) => Math.abs(x - worst.point[i]!) < 1e-8 * (1 + Math.abs(x)));
  return near && Math.abs(worst.value - best.value) <= 1e-11 * (1 + Math.abs(best.value));
}
