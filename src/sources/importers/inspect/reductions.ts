/** The log's own reductions of scores over epochs, wherever a log keeps them. */

import { list, record, scalarText, text } from '../json-access.ts';

/** One case of a reduction. */
export interface RawReduction {
  readonly scorer: string;
  /** Null stands for the mean. */
  readonly reducer: string | null;
  readonly caseId: string;
  readonly value: unknown;
}

/** The cases in a list of reductions. */
export function* allReductions(reductions: unknown): Generator<RawReduction> {
  for (const reduction of list(reductions) ?? []) {
    const fields = record(reduction);
    const scorer = text(fields?.scorer);
    if (fields === null || scorer === null) continue;
    for (const sample of list(fields.samples) ?? []) {
      const reduced = reducedCase(sample);
      if (reduced !== null) yield { scorer, reducer: text(fields.reducer), ...reduced };
    }
  }
}

/** Gathers reductions from the parts of a document as they stream by; only ids and values are kept. */
export interface ReductionCollector {
  /** @param place such as `reductions.0.scorer`, or `reductions.0.samples` for one element */
  add(place: string, value: unknown): void;
  all(): Generator<RawReduction>;
}

/** A collector without reductions. */
export function createReductions(): ReductionCollector {
  const groups = new Map<
    string,
    { scorer: string | null; reducer: string | null; cases: { caseId: string; value: unknown }[] }
  >();
  return {
    add(place, value) {
      const [, at = '', field] = place.split('.');
      const group = groups.get(at) ?? { scorer: null, reducer: null, cases: [] };
      groups.set(at, group);
      if (field === 'scorer') group.scorer = text(value);
      else if (field === 'reducer') group.reducer = text(value);
      else {
        const reduced = reducedCase(value);
        if (reduced !== null) group.cases.push(reduced);
      }
    },
    *all() {
      for (const { scorer, reducer, cases } of groups.values()) {
        if (scorer !== null) for (const reduced of cases) yield { scorer, reducer, ...reduced };
      }
    },
  };
}

function reducedCase(sample: unknown): { caseId: string; value: unknown } | null {
  const fields = record(sample);
  const caseId = scalarText(fields?.sample_id);
  return fields === null || caseId === null ? null : { caseId, value: fields.value };
}
