/** Golden numbers: loads a family of reference cases and compares results with them, each to its own tolerance. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from './shared-folder.ts';

/** One reference case; its shape depends on the family. */
export interface GoldenCase {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: each family has inputs of its own shape
  readonly input: any;
  // biome-ignore lint/suspicious/noExplicitAny: each family has results of its own shape
  readonly expected: any;
  readonly tolerance: { readonly rel: number; readonly abs: number };
}

/** All cases of a family, such as `shrinkage`; null when the shared folder is absent. */
export function goldenCases(family: string): readonly GoldenCase[] | null {
  const path = sharedPath('golden', 'stats', `${family}.json`);
  return path === null ? null : JSON.parse(readFileSync(path, 'utf8')).cases;
}

/**
 * Makes one test of every case of a family that `wanted` accepts; when the folder is absent, one skipped test that
 * says so.
 *
 * @param compute gives the result in the shape of `expected`; extra keys of the result are not compared
 */
export function testGolden(
  family: string,
  compute: (golden: GoldenCase) => unknown,
  wanted: (golden: GoldenCase) => boolean = () => true,
): void {
  const cases = goldenCases(family)?.filter(wanted);
  describe(`golden ${family}`, () => {
    if (cases === undefined) {
      test.skip(`golden numbers of ${family} (skipped: the shared folder with golden/stats is absent)`, () => {});
      return;
    }
    test.each(cases)('$name', (golden) => {
      expect(mismatches(compute(golden), golden.expected, golden.tolerance)).toEqual([]);
    });
  });
}

/**
 * The places where a result differs from a reference by more than abs + rel |expected|; "Infinity" and "-Infinity" are
 * numbers written as text, null means undefined.
 */
export function mismatches(
  got: unknown,
  expected: unknown,
  tolerance: { readonly rel: number; readonly abs: number },
  path = 'result',
): string[] {
  if (expected !== null && typeof expected === 'object') {
    if (got === null || typeof got !== 'object') return [`${path} is ${String(got)}, expected a table`];
    if (Array.isArray(expected) && (got as ArrayLike<unknown>).length !== expected.length) {
      return [`${path} has ${(got as ArrayLike<unknown>).length} entries, expected ${expected.length}`];
    }
    return Object.entries(expected).flatMap(([key, value]) =>
      mismatches((got as Record<string, unknown>)[key], value, tolerance, `${path}.${key}`),
    );
  }
  const wanted = expected === 'Infinity' || expected === '-Infinity' ? Number(expected) : expected;
  if (typeof wanted !== 'number' || !Number.isFinite(wanted)) {
    return got === wanted ? [] : [`${path} is ${String(got)}, expected ${String(wanted)}`];
  }
  const close =
    typeof got === 'number' && Math.abs(got - wanted) <= tolerance.abs + tolerance.rel * Math.abs(wanted);
  return close ? [] : [`${path} is ${String(got)}, expected ${wanted}`];
}
