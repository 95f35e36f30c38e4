/** Splits a change of the total between two runs or periods into "got worse inside" and "the mix shifted". */

/** One value of a dimension in two periods: cases (or weight) and sum of the metric. */
export interface ValuePeriods {
  readonly label: string;
  readonly before: { readonly cases: number; readonly sum: number };
  readonly after: { readonly cases: number; readonly sum: number };
}

/** What one value adds to the change of the total. */
export interface ValueShift {
  readonly label: string;
  /** Share of all cases; rate null without a case. */
  readonly shareBefore: number;
  readonly shareAfter: number;
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  /** Mean share times change of rate: better or worse inside. 0 for a value that one period does not have. */
  readonly inside: number;
  /** Change of share times how far the value's mean rate lies from the overall one. */
  readonly mix: number;
}

/** The change of the total; `inside` and `mix` sum to `change` exactly but for rounding. */
export interface ShiftDecomposition {
  readonly before: number;
  readonly after: number;
  readonly change: number;
  readonly inside: number;
  readonly mix: number;
  /** In input order. */
  readonly values: readonly ValueShift[];
}

/**
 * Decomposes the change of a mean (Kitagawa, symmetric in the two periods). A value that only one period has is all mix.
 * Paired runs over the same cases have equal shares: then all is inside.
 *
 * @returns null where one of the periods has no cases
 * @throws RangeError where a number of cases is negative or a sum is not finite
 * @source Kitagawa 1955, JASA 50:1168
 */
export function mixShift(values: readonly ValuePeriods[]): ShiftDecomposition | null {
  for (const { label, before, after } of values) {
    for (const { cases, sum } of [before, after]) {
      if (!(cases >= 0 && Number.isFinite(cases) && Number.isFinite(sum))) {
        throw new RangeError(`${label}: ${cases} cases with sum ${sum}`);
      }
    }
  }
  const total = (of: (value: ValuePeriods) => number) => values.reduce((sum, value) => sum + of(value), 0);
  const casesBefore = total((value) => value.before.cases);
  const casesAfter = total((value) => value.after.cases);
  if (casesBefore === 0 || casesAfter === 0) return null;
  const before = total((value) => value.before.sum) / casesBefore;
  const after = total((value) => value.after.sum) / casesAfter;
  const shifts = values.map((value): ValueShift => {
    const shareBefore = value.before.cases / casesBefore;
    const shareAfter = value.after.cases / casesAfter;
    const rateBefore = value.before.cases === 0 ? null : value.before.sum / value.before.cases;
    const rateAfter = value.after.cases === 0 ? null : value.after.sum / value.after.cases;
    const from = rateBefore ?? rateAfter ?? 0;
    const to = rateAfter ?? rateBefore ?? 0;
    return {
      ...{ label: value.label, shareBefore, shareAfter, rateBefore, rateAfter },
      inside: ((shareBefore + shareAfter) / 2) * (to - from),
      mix: (shareAfter - shareBefore) * ((from + to) / 2 - (before + after) / 2),
    };
  });
  return {
    ...{ before, after, change: after - before, values: shifts },
    inside: shifts.reduce((sum, { inside }) => sum + inside, 0),
    mix: shifts.reduce((sum, { mix }) => sum + mix, 0),
  };
}
