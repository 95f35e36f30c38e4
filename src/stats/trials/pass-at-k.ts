/** pass@k and pass^k: does one of k trials pass, do all of them. */

/**
 * Chance that at least one of k trials drawn from n passes: 1 - C(n - c, k) / C(n, k); null when k > n.
 *
 * @param n trials, c of them passed, k drawn; integers with 0 <= c <= n and k >= 1
 * @throws RangeError when the numbers do not fit
 * @source Chen et al. 2021, arXiv 2107.03374
 * @example passAtK(10, 3, 5) // 0.9166666667
 */
export function passAtK(n: number, c: number, k: number): number | null {
  requireTrials(n, c, k);
  if (k > n) return null;
  return c === 0 ? 0 : -Math.expm1(logShareWithout(n, c, k));
}

/**
 * Chance that all of k trials drawn from n pass: C(c, k) / C(n, k); null when k > n.
 *
 * @param n trials, c of them passed, k drawn; integers with 0 <= c <= n and k >= 1
 * @throws RangeError when the numbers do not fit
 * @source Yao et al. 2024, arXiv 2406.12045 (tau-bench)
 * @example passHatK(8, 7, 2) // 0.75
 */
export function passHatK(n: number, c: number, k: number): number | null {
  requireTrials(n, c, k);
  if (k > n) return null;
  let share = 1;
  for (let i = 0; i < k && share > 0; i++) share *= (c - i) / (n - i);
  return Math.max(0, share);
}

/** ln of C(n - c, k) / C(n, k), as a sum over the smaller of k and c. */
function logShareWithout(n: number, c: number, k: number): number {
  if (k > n - c) return Number.NEGATIVE_INFINITY;
  const [draws, marked] = k < c ? [k, c] : [c, k];
  let sum = 0;
  for (let i = 0; i < draws; i++) sum += Math.log1p(-marked / (n - i));
  return sum;
}

function requireTrials(n: number, c: number, k: number): void {
  const whole = [n, c, k].every(Number.isSafeInteger);
  if (!whole || c < 0 || c > n || k < 1) {
    throw new RangeError(
      `${c} of ${n} trials passed, k = ${k}: integers with 0 <= c <= n and k >= 1 are needed`,
    );
  }
}
