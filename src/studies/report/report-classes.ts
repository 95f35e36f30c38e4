/** The classes of a report: labels are counted once, and every figure is a function of the counts. */

import type { ComparisonProfile } from '../../engines/index.ts';
import type { ScopedGrouping } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import type { Comparison, Ports } from '../../stages/index.ts';
import type { ReportedClasses } from './class-report.ts';
import type { ReportRequest } from './request.ts';
import type { NamedKey } from './result.ts';

/** What the parts of a report look at. */
export interface ReportInput {
  readonly request: ReportRequest;
  readonly comparison: Comparison;
  readonly profile: ComparisonProfile;
  readonly groupings: readonly ScopedGrouping[];
  readonly nameOf: (key: SliceKey) => NamedKey;
}

/** Null where there are no classes. */
export async function reportClasses(_input: ReportInput, _ports: Ports): Promise<ReportedClasses | null> {
  return null;
}
