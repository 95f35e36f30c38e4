/** Puts what was drawn into a queue of the ledger, where people and later commands find it. */

import type { DrawPlan } from './draw-designs.ts';
import type { DrawnCase } from './drawn-case.ts';
import type { Population } from './population.ts';
import type { SampleReport } from './sample-report.ts';
import type { SampleRequest } from './sample-request.ts';

/** Records the selection; the same one again is not recorded twice. */
export async function recordItems(
  { path, queue, now }: NonNullable<SampleRequest['ledger']>,
  request: SampleRequest,
  plan: DrawPlan,
  population: Population,
  cases: readonly DrawnCase[],
): Promise<SampleReport['ledger']> {
  const { openLedger } = await import('../../ledger/index.ts');
  const ledger = await openLedger(path, { now });
  try {
    const recorded = await ledger.recordSelection({
      queue,
      purpose:
        request.secondPass === null
          ? request.output === null
            ? 'quality control'
            : 'add to the eval set'
          : 'second pass',
      design: {
        designs: plan.designs.map(({ name, size }) => ({ name, size })),
        rule: plan.rule,
        floor: plan.floor,
        seed: plan.seed,
        files: [...request.files],
        where: request.where,
      },
      population: population.counts.available,
      items: cases.map(({ name, file, line, why, stratum, probability, slices }) => ({
        caseId: name,
        place: `${file}:${line}`,
        why,
        stratum: stratum === '' ? null : stratum,
        probability,
        slices,
      })),
    });
    return { queue, selection: recorded.id, isNew: recorded.isNew };
  } finally {
    await ledger.close();
  }
}
