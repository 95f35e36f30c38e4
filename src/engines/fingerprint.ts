/** The digest of a run's results as text. */

/**
 * Two sums modulo 2^64 as 32 hex digits.
 *
 * @example formatFingerprint(2n ** 64n + 10n, 1n) // '000000000000000a0000000000000001'
 */
export function formatFingerprint(upper: bigint, lower: bigint): string {
  return [upper, lower].map((sum) => BigInt.asUintN(64, sum).toString(16).padStart(16, '0')).join('');
}
