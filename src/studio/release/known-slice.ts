/** Finds a slice of the open release by its id, with its evidence and its predicate. */

import { UsageError } from '../../errors.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import type { SliceReport } from '../../gate/index.ts';
import { type Expression, type Grouping, sliceExpression, sliceId } from '../../slices/index.ts';
import type { StudioSession } from '../session.ts';

/** A slice of the report. Evidence is null for a configured slice that no case belongs to. */
export interface KnownSlice {
  readonly report: SliceReport;
  readonly evidence: SliceEvidence | null;
  /** What holds for exactly its cases; null where the language of predicates has no words for them. */
  readonly where: Expression | null;
}

/** Slices by id. */
export interface SliceIndex {
  readonly reports: ReadonlyMap<string, SliceReport>;
  readonly evidence: ReadonlyMap<string, SliceEvidence>;
}

/** The index of the session's report, made once. */
export function sliceIndex(session: StudioSession): Promise<SliceIndex> {
  return session.once('release:slices', async () => ({
    reports: new Map(session.release.report.slices.map((slice) => [slice.id, slice])),
    evidence: new Map(
      session.release.measured.slices.map((one) => [sliceId(one.metric.id, one.key), one] as const),
    ),
  }));
}

/** @throws UsageError where the report has no such slice */
export async function knownSlice(id: string, session: StudioSession): Promise<KnownSlice> {
  const { reports, evidence } = await sliceIndex(session);
  const report = reports.get(id);
  if (report === undefined) {
    throw new UsageError({
      message: `this comparison has no slice ${JSON.stringify(id.slice(0, 200))}`,
      hint: 'it may belong to other results or to another policy: see all slices',
    });
  }
  const own = evidence.get(id) ?? null;
  return { report, evidence: own, where: own && sliceExpression(own.scoped.grouping, own.key) };
}

/** The cut that has the slice's cases as one value: the predicate, which cuts nothing else, or the whole grouping. */
export function sliceGrouping({ where }: KnownSlice, evidence: SliceEvidence): Grouping {
  return where === null ? evidence.scoped.grouping : { kind: 'predicate', id: 'slice', name: 'in', where };
}

/** Whether a key of `sliceGrouping` is the slice. */
export function isSliceKey(
  { where }: KnownSlice,
  { key }: SliceEvidence,
  { state, value }: { readonly state: string; readonly value: string },
): boolean {
  return where === null ? state === key.state && value === key.value : state === 'value';
}
