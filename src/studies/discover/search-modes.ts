/** Searches every mode that the runs allow, and describes what was found. */

import type { MetricConfig } from '../../config/index.ts';
import { measureSlices, type SearchMode } from '../../discovery/index.ts';
import { UsageError } from '../../errors.ts';
import type { Comparison, Ports } from '../../stages/index.ts';
import { describeSlices, predicateOf } from './describe-slices.ts';
import { findByHalves, type ModeSearch, type TestedSlice } from './find-by-halves.ts';
import { findInAll } from './find-in-all.ts';
import { groupSlices } from './group-slices.ts';
import { lostCases } from './lost-cases.ts';
import { mixOf } from './mix.ts';
import { type DiscoverRequest, MODES } from './request.ts';
import type { DiscoveredSliceReport, ModeReport } from './result.ts';
import type { SearchedCases } from './searched-cases.ts';
import { meanSize, sliceScore } from './slice-score.ts';

/** What is searched. */
export interface SearchInput {
  readonly cases: SearchedCases;
  readonly comparison: Comparison;
  /** Both runs, also where only one of them is searched. */
  readonly both: Comparison;
  readonly metric: MetricConfig;
  readonly minCases: number;
  /** Columns that hold tags. */
  readonly lists: ReadonlySet<string>;
}

/** What was found. */
export interface Searched {
  readonly modes: readonly ModeReport[];
  readonly slices: readonly DiscoveredSliceReport[];
  /** Every so many-th case was looked at for its words. */
  readonly step: number;
}

/** Slices that are shown although nothing confirms them. */
const UNCONFIRMED = 5;

/**
 * Alpha is shared out evenly over the modes, so that the whole answer keeps it.
 *
 * @throws UsageError where a mode needs a run that is not there
 */
export async function searchModes(
  request: DiscoverRequest,
  input: SearchInput,
  ports: Ports,
): Promise<Searched> {
  const { cases, comparison, both, metric, minCases, lists } = input;
  const modes = modesOf(request, cases, both);
  const alpha = request.alpha / modes.length;
  const reports: ModeReport[] = [];
  const drafts = [];
  for (const mode of modes) {
    ports.progress(`searching: ${mode}`);
    const found = await findSlices(request, cases, mode, alpha, minCases);
    const ordered = inOrder(cases, found, request);
    const groups = groupSlices(cases, mode, ordered);
    const confirmed = groups.filter(({ slice }) => slice.state === 'confirmed').slice(0, request.top);
    const others = groups.filter(({ slice }) => slice.state !== 'confirmed').slice(0, UNCONFIRMED);
    const shown = [...confirmed, ...others];
    const described = describeSlices(cases, found, shown, lists);
    drafts.push(...shown.map(({ slice }, i) => ({ slice, report: described[i]! })));
    reports.push(modeReport(found, ordered));
  }
  const asked = drafts.filter(({ slice }) => slice.state === 'confirmed');
  ports.progress('looking at lost cases');
  const { reports: lost, step } = await lostCases(
    cases,
    asked.map(({ slice, report }) => ({ mode: report.mode, items: slice.items })),
    request.texts ? comparison.candidate : null,
  );
  const mixes =
    both.baseline === null
      ? asked.map(() => null)
      : await mixOf(
          both.engine,
          asked.map(({ slice }) => predicateOf(cases, slice.items)),
          metric,
          request.config.policy.errors,
        );
  const slices = drafts.map(({ slice, report }): DiscoveredSliceReport => {
    const at = asked.findIndex((one) => one.slice === slice);
    if (at < 0) return { ...report, lost: null, words: null, mix: null };
    return { ...report, ...withoutTexts(lost[at]!, input, request), mix: mixes[at]! };
  });
  return { modes: reports, slices, step };
}

/** Where the input is the case id, an id is a text. */
function withoutTexts(
  lost: Awaited<ReturnType<typeof lostCases>>['reports'][number],
  { comparison }: SearchInput,
  { texts }: DiscoverRequest,
) {
  const { mapping } = comparison.candidate.opened;
  const isText = mapping.caseId === undefined && mapping.input !== undefined;
  return texts || !isText ? lost : { ...lost, lost: lost.lost && { ...lost.lost, cases: [] } };
}

function modesOf(
  { modes }: DiscoverRequest,
  { input }: SearchedCases,
  both: Comparison,
): readonly SearchMode[] {
  const hasBefore = input.table.before !== null;
  if (modes.length === 0) return hasBefore ? MODES : ['worst'];
  const missing = modes.filter((mode) => mode !== 'worst' && !hasBefore);
  if (missing.length > 0) {
    throw new UsageError({
      message: `--mode ${missing.join(',')} needs two runs of the same cases, and ${both.baseline === null ? 'there is one run' : 'these runs share no case'}`,
      hint: 'slicewise discover OLD NEW; where one file holds both: --map baseline.passed=OLD_COLUMN --map candidate.passed=NEW_COLUMN',
    });
  }
  return MODES.filter((mode) => modes.includes(mode));
}

async function findSlices(
  request: DiscoverRequest,
  { input }: SearchedCases,
  mode: SearchMode,
  alpha: number,
  minCases: number,
): Promise<ModeSearch> {
  const sizes = [0, 1].map((half) =>
    input.half.reduce((sum, own, row) => sum + (own === half ? input.table.count[row]! : 0), 0),
  );
  const isEmpty = request.search === 'all' ? input.table.rows === 0 : sizes.includes(0);
  if (isEmpty || input.table.columns.every(({ cardinality }) => cardinality === 0)) {
    return nothing(mode, alpha, sizes, request);
  }
  return request.search === 'all'
    ? findInAll(input, mode, alpha, minCases, request)
    : findByHalves(input, mode, alpha, minCases, request);
}

function nothing(
  mode: SearchMode,
  alpha: number,
  sizes: readonly number[],
  { search }: DiscoverRequest,
): ModeSearch {
  const slices: readonly TestedSlice[] = [];
  return {
    ...{
      mode,
      question: 'worse',
      slices,
      levels: [],
      tested: 0,
      correctedOver: 0,
      candidates: 0,
      singles: 0,
      alpha,
    },
    searchedCases: search === 'all' ? sizes[0]! + sizes[1]! : sizes[0]!,
    heldOutCases: search === 'all' ? null : sizes[1]!,
  };
}

/**
 * By the order that was asked for, on all cases; ties as found. A slice that merely changed as all cases did, or is no worse than
 * all cases, is left out.
 */
function inOrder({ input }: SearchedCases, { mode, slices }: ModeSearch, request: DiscoverRequest) {
  const [all, ...sums] = measureSlices(input.table, [[], ...slices.map(({ items }) => items)]);
  const spread = meanSize(input.table, mode);
  const scored = slices.map((slice, i) => ({
    slice,
    gap: sliceScore(sums[i]!, all!, mode, { ...request, spread, order: 'drop' }),
    score: sliceScore(sums[i]!, all!, mode, { ...request, spread }),
  }));
  return scored
    .filter(({ gap }) => gap > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ slice }) => slice);
}

function modeReport(found: ModeSearch, slices: readonly TestedSlice[]): ModeReport {
  const { mode, alpha, searchedCases, heldOutCases, levels, tested, singles, candidates } = found;
  return {
    ...{ mode, alpha, searchedCases, heldOutCases, candidates, singles },
    levels: levels.map(({ level, counted, pruned }) => ({ level, counted, pruned })),
    enumerated: levels.reduce((sum, { counted, pruned }) => sum + counted + pruned, 0),
    tested,
    confirmed: slices.filter(({ state }) => state === 'confirmed').length,
  };
}
