/** What must be said beside the counts: who is not in the table, and how rates and intervals are made. */

import type { CodedTable } from '../../counts/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { MOST_DERIVED } from './choose-dimensions.ts';
import type { FigureShape } from './figures.ts';

/** Cases that are not in the table, each with its reason; with those in it they are all cases of the comparison. */
export function leftOutLines(
  { leftOut }: CodedTable,
  profile: ComparisonProfile,
  paired: boolean,
): readonly { readonly reason: string; readonly cases: number }[] {
  const lines = [
    { reason: 'only the old run has them', cases: leftOut.onlyBaseline },
    { reason: 'only the new run has them', cases: leftOut.onlyCandidate },
    { reason: 'input or expected answer was edited between the runs', cases: leftOut.edited },
    { reason: paired ? 'without a value in one run or both' : 'without a value', cases: leftOut.unscored },
    { reason: 'without a usable weight', cases: leftOut.unweighted },
  ].filter(({ cases }) => cases > 0);
  // Runs without a common case: the new one is looked at alone.
  const isAlone = !paired && profile.baseline !== null;
  if (!isAlone) return lines;
  return [
    ...lines,
    { reason: 'of the old run, which shares no case with the new one', cases: profile.onlyBaseline },
  ];
}

/** In full sentences. */
export function notesOf(
  { weight }: CodedTable,
  { clustered, isRate, outcomes }: FigureShape,
  facts: { readonly paired: boolean; readonly hasTwoRuns: boolean; readonly cases: number },
): readonly string[] {
  const isBinary =
    outcomes?.every(({ before, after }) =>
      [before ?? 0, after].every((value) => value === 0 || value === 1),
    ) ?? false;
  const side = isRate ? "Wilson's" : "Student's t";
  const change = isRate && isBinary ? "Tango's" : "Student's t";
  return [
    clustered
      ? 'Cases come in clusters: intervals are those of whole clusters (CR2); heatmaps, and bars of too many cases, have none.'
      : `Intervals: ${side} for a run${facts.paired ? `, ${change} for the change of the same cases${isRate && isBinary ? '' : '; the report resamples changes of graded values'}` : ''}.`,
    'Many bars are looked at, so some stand out by chance, and what was selected because it stood out is flattered by its interval.',
    ...(weight === null
      ? []
      : ['Bars count every case once; the weighted rate stands beside the selection.']),
    ...(!facts.paired && facts.hasTwoRuns ? ['The runs share no case: the new run is shown alone.'] : []),
    ...(facts.cases > MOST_DERIVED
      ? [
          `Script, language and the like are not computed for more than ${MOST_DERIVED} cases on opening: name derived.language under slices to have it.`,
        ]
      : []),
  ];
}
