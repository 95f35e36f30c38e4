/** Tokens and cost of an Inspect sample: all models together, without the grader where the log tells it apart. */

import { number, path, record } from '../json-access.ts';

/** Sums; null where no model states the number. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly costUsd: number | null;
  /** Cost of the grader, which is not part of the product. */
  readonly graderCostUsd: number | null;
}

/** Reads `model_usage` less the role `grader`, or the usage of the output in logs that have no `model_usage`. */
export function usageOf(sample: Readonly<Record<string, unknown>>): Usage {
  const byModel = Object.values(record(sample.model_usage) ?? {});
  const models = byModel.length > 0 ? byModel : [path(sample, 'output.usage')];
  const grader = path(sample, 'role_usage.grader');
  const total = (field: string): number | null => {
    const amounts = models.map((model) => number(record(model)?.[field])).filter((amount) => amount !== null);
    if (amounts.length === 0) return null;
    const sum = amounts.reduce((left, right) => left + right, 0);
    const judged = number(record(grader)?.[field]) ?? 0;
    return judged <= sum ? sum - judged : sum;
  };
  return {
    inputTokens: total('input_tokens'),
    outputTokens: total('output_tokens'),
    totalTokens: total('total_tokens'),
    costUsd: total('total_cost'),
    graderCostUsd: number(record(grader)?.total_cost),
  };
}
