/** Answers made of parts (lists, spans, fields of JSON): how many parts are right, beside whether the whole is. */

/** Parts of one case: how many there should be, how many were given, and how many of both match. */
export interface PartCounts {
  readonly expected: number;
  readonly given: number;
  /** Given parts that match an expected one, and expected parts that are matched; equal but for overlapping spans. */
  readonly givenRight: number;
  readonly expectedFound: number;
  /** Every part is right and none is missing. */
  readonly whole: boolean;
}

/** Rates over parts, beside the whole-case rate's counts. Null where 0/0. */
export interface PartRates {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Cases, and cases right as a whole. */
  readonly cases: number;
  readonly wholeRight: number;
}

/** A stretch of a text: from `start` up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/**
 * Compares two lists as multisets: order does not count, repeats do.
 *
 * @example matchLists(['a', 'b'], ['b', 'c']) // { expected: 2, given: 2, givenRight: 1, expectedFound: 1, whole: false }
 */
export function matchLists(expected: readonly string[], given: readonly string[]): PartCounts {
  const left = new Map<string, number>();
  for (const part of expected) left.set(part, (left.get(part) ?? 0) + 1);
  let right = 0;
  for (const part of given) {
    const remaining = left.get(part) ?? 0;
    if (remaining === 0) continue;
    left.set(part, remaining - 1);
    right++;
  }
  return {
    expected: expected.length,
    given: given.length,
    givenRight: right,
    expectedFound: right,
    whole: right === expected.length && right === given.length,
  };
}

/**
 * Compares labelled spans. `exact`: same start, end and label. `overlap`: at least one character in common and the same
 * label; a given span is right where it overlaps any expected one, an expected span found where any given one overlaps it.
 * The whole is right only where every span matches exactly.
 *
 * @example matchSpans([{ start: 0, end: 5, label: 'name' }], [{ start: 0, end: 4, label: 'name' }], 'overlap').givenRight // 1
 */
export function matchSpans(
  expected: readonly Span[],
  given: readonly Span[],
  match: 'exact' | 'overlap',
): PartCounts {
  const text = ({ start, end, label }: Span) => `${start} ${end} ${label}`;
  const exact = matchLists(expected.map(text), given.map(text));
  if (match === 'exact') return exact;
  const meets = (a: Span, b: Span) => a.label === b.label && a.start < b.end && b.start < a.end;
  return {
    ...exact,
    givenRight: given.filter((span) => expected.some((other) => meets(span, other))).length,
    expectedFound: expected.filter((span) => given.some((other) => meets(span, other))).length,
  };
}

/** A value of parsed JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The leaves of a JSON value as texts `path = value`. Elements of a list have no place, so their order does not count; an
 * empty list or object is a leaf.
 *
 * @example jsonParts({ to: 'Ann', items: [1, 2] }) // ['.items[] = 1', '.items[] = 2', '.to = "Ann"']
 */
export function jsonParts(value: Json, path = ''): readonly string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${path} = []`];
    return value.flatMap((element: Json) => jsonParts(element, `${path}[]`)).sort();
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as { readonly [key: string]: Json });
    if (entries.length === 0) return [`${path} = {}`];
    return entries.flatMap(([key, field]) => jsonParts(field, `${path}.${partName(key)}`)).sort();
  }
  return [`${path} = ${JSON.stringify(value)}`];
}

/** A plain key as it is, any other quoted, so that no two paths read alike. */
function partName(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
}

/**
 * Compares two JSON values field by field.
 *
 * @example matchJson({ a: 1, b: 2 }, { a: 1, b: 3 }).givenRight // 1
 */
export function matchJson(expected: Json, given: Json): PartCounts {
  return matchLists(jsonParts(expected), jsonParts(given));
}

/**
 * Sums cases to rates over all parts (micro) with the whole-case rate's counts beside them.
 *
 * @example partRates([matchLists(['a'], ['a', 'b'])]).precision // 0.5
 */
export function partRates(cases: readonly PartCounts[]): PartRates {
  const sum = (pick: (counts: PartCounts) => number) => cases.reduce((total, one) => total + pick(one), 0);
  const expected = sum((one) => one.expected);
  const given = sum((one) => one.given);
  const precision = given === 0 ? null : sum((one) => one.givenRight) / given;
  const recall = expected === 0 ? null : sum((one) => one.expectedFound) / expected;
  return {
    precision,
    recall,
    f1: harmonicMean(precision, recall, expected + given),
    cases: cases.length,
    wholeRight: sum((one) => Number(one.whole)),
  };
}

/** Of precision and recall; where only one of them is 0/0 nothing is right, so F is 0. */
function harmonicMean(precision: number | null, recall: number | null, parts: number): number | null {
  if (parts === 0) return null;
  const [p, r] = [precision ?? 0, recall ?? 0];
  return p + r === 0 ? 0 : (2 * p * r) / (p + r);
}
