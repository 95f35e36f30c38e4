/** Which slices contain a slice, which lie inside it, and which hold exactly the same cases. */

import type { SliceEvidence } from '../../evidence/index.ts';
import type { SliceReport } from '../../gate/index.ts';
import {
  columnsOf,
  type Expression,
  formatExpression,
  sliceExpression,
  sliceId,
} from '../../slices/index.ts';
import type { RelatedSlice, SliceAnswer, Some } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { type SliceIndex, sliceIndex } from './known-slice.ts';

const LISTED = 30;

/** Slices by the conditions of which they are the conjunction. */
interface ConditionIndex {
  readonly conditions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids by metric and condition. */
  readonly having: ReadonlyMap<string, readonly string[]>;
}

/**
 * Relatives of one slice under the same metric: a slice with some of its conditions contains it; the family that gates it does too.
 */
export async function sliceRelations(
  report: SliceReport,
  session: StudioSession,
): Promise<Pick<SliceAnswer, 'parents' | 'children' | 'sameCasesAs'>> {
  const index = await sliceIndex(session);
  const { conditions, having } = await session.once('release:conditions', async () => conditionIndex(index));
  const own = conditions.get(report.id) ?? new Set<string>();
  const related = [...own].flatMap((condition) => having.get(keyOf(report.metric, condition)) ?? []);
  const others = [...new Set(related)].filter((id) => id !== report.id);
  const parents = others.filter((id) => isWithin(own, conditions.get(id)!));
  const children = others.filter((id) => isWithin(conditions.get(id)!, own));
  const [family, members] = familyOf(report, index);
  const same = report.sameCasesAs.map((name) => namedSlice(name, report.metric, index));
  return {
    parents: listed([...(family === null ? [] : [family]), ...parents], index),
    children: listed([...members, ...children], index),
    sameCasesAs: same,
  };
}

/** The conditions of a conjunction; a range is one condition of its column. */
export function conditionsOf(where: Expression): readonly Expression[] {
  if (where.kind !== 'and') return [where];
  const byColumns = Map.groupBy(where.parts, (part) => JSON.stringify(columnsOf(part)));
  return [...byColumns.values()].map((parts) => (parts.length === 1 ? parts[0]! : { kind: 'and', parts }));
}

function conditionIndex({ evidence }: SliceIndex): ConditionIndex {
  const conditions = new Map<string, ReadonlySet<string>>();
  const having = new Map<string, string[]>();
  for (const [id, { metric, scoped, key }] of evidence) {
    const where = sliceExpression(scoped.grouping, key);
    if (where === null) continue;
    const own = new Set(conditionsOf(where).map(formatExpression));
    conditions.set(id, own);
    for (const condition of own) {
      const place = keyOf(metric.id, condition);
      const ids = having.get(place) ?? [];
      ids.push(id);
      having.set(place, ids);
    }
  }
  return { conditions, having };
}

function keyOf(metric: string, condition: string): string {
  return `${metric}\n${condition}`;
}

/** Whether `larger` has all conditions of `smaller` and more. */
function isWithin(larger: ReadonlySet<string>, smaller: ReadonlySet<string>): boolean {
  return smaller.size < larger.size && [...smaller].every((condition) => larger.has(condition));
}

/** The gated family of a member, and the members of a family. */
function familyOf(
  report: SliceReport,
  { evidence, reports }: SliceIndex,
): [string | null, readonly string[]] {
  const own = evidence.get(report.id);
  if (own === undefined) return [null, []];
  const { familyOf: families } = own.scoped;
  if (families !== null && report.family !== null) {
    const id = sliceId(report.metric, { grouping: families, state: 'value', value: report.family });
    return [reports.has(id) ? id : null, []];
  }
  const isMember = ([id, { scoped, metric }]: readonly [string, SliceEvidence]) =>
    metric.id === report.metric &&
    scoped.familyOf === own.key.grouping &&
    reports.get(id)?.family === report.value;
  return [null, [...evidence].filter(isMember).map(([id]) => id)];
}

function listed(ids: readonly string[], { reports }: SliceIndex): Some<RelatedSlice> {
  const known = [...new Set(ids)].flatMap((id) => reports.get(id) ?? []);
  return { total: known.length, shown: known.slice(0, LISTED).map(related) };
}

function related({ id, dimension, value, verdict, n, delta }: SliceReport): RelatedSlice {
  const name = value === dimension ? value : `${dimension} = ${value}`;
  return { name, id, verdict, n, delta: delta?.estimate ?? null };
}

/** The report names same slices as `dimension = value`. */
function namedSlice(name: string, metric: string, { reports }: SliceIndex): RelatedSlice {
  for (const slice of reports.values()) {
    if (slice.metric === metric && `${slice.dimension} = ${slice.value}` === name) return related(slice);
  }
  return { name, id: null, verdict: null, n: null, delta: null };
}
