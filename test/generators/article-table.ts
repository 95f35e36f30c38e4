/** The table of "Aggregate eval scores hid a 14-point regression in one user segment": 1,200 cases, exact. */

import { OTHER_FLOWS } from './other-flows.ts';
import { pairSlices, type SliceSpec } from './paired-slices.ts';
import type { RunPair } from './rows.ts';

export interface ArticleOptions {
  /** `article`: refund_flow 43 to 36 of 47. `quiet`: 43 to 42. */
  readonly refund?: 'article' | 'quiet';
  /**
   * The 698 cases outside the four named segments: `customers` spreads them over 36 further flows (40 in all), `one`
   * makes them a single segment `other`, `untagged` leaves them without a segment.
   */
  readonly others?: 'customers' | 'one' | 'untagged';
  /** With others `one` or `untagged`: keeps the six-case flow warranty_claim (6 of 6 to 5 of 6) as a segment of its own. */
  readonly sixCases?: boolean;
  readonly seed?: number;
}

/** The segments that the article names. The totals are the article's; how many flipped each way is ours. */
const NAMED: readonly SliceSpec[] = [
  { slice: 'invoice_parse', n: 210, before: 176, lost: 6, gained: 21 },
  { slice: 'contract_review', n: 156, before: 138, lost: 8, gained: 9 },
  { slice: 'escalation_route', n: 89, before: 74, lost: 5, gained: 6 },
];

/** The rows of the table behind `articleTable`. */
export function articleSpecs(options: ArticleOptions = {}): readonly SliceSpec[] {
  const { refund = 'article', others = 'customers', sixCases = false } = options;
  const refundFlow = {
    slice: 'refund_flow',
    n: 47,
    before: 43,
    lost: refund === 'article' ? 7 : 1,
    gained: 0,
  };
  if (others === 'customers') return [refundFlow, ...NAMED, ...OTHER_FLOWS];
  const apart = sixCases ? OTHER_FLOWS.filter((flow) => flow.slice === 'warranty_claim') : [];
  const merged = OTHER_FLOWS.filter((flow) => !apart.includes(flow)).reduce(addUp, {
    slice: others === 'one' ? 'other' : null,
    n: 0,
    before: 0,
    lost: 0,
    gained: 0,
  });
  return [refundFlow, ...NAMED, ...apart, merged];
}

/** Both runs of the table: `case_id`, `segment`, `passed`, a short `input` and `output`. */
export function articleTable(options: ArticleOptions = {}): RunPair {
  return pairSlices(articleSpecs(options), {
    seed: options.seed ?? 1_200,
    describe: (slice, number) => ({
      input: `${(slice ?? 'some flow').replaceAll('_', ' ')} request ${number}`,
    }),
    answer: (passed, _slice, number) => (passed ? 'completed' : `stopped at step ${2 + (number % 4)}`),
  });
}

/** The policy file that the article prints, unchanged: its fourth segment is spelled otherwise in the data. */
export const ARTICLE_CONFIG = `# eval_config.yaml
gating:
  metric: pass_rate
  aggregate: min_segment   # not "mean"
  threshold: 0.85
  min_cases_per_segment: 20

segments:
  - refund_flow
  - invoice_parse
  - contract_review
  - escalation_routing
`;

function addUp(sum: SliceSpec, flow: SliceSpec): SliceSpec {
  return {
    slice: sum.slice,
    n: sum.n + flow.n,
    before: sum.before + flow.before,
    lost: sum.lost + flow.lost,
    gained: sum.gained + flow.gained,
  };
}
