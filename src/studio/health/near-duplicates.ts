/** Cases of the eval set that are the same text, or nearly: repeated cases count twice in every rate. */

import { setImmediate } from 'node:timers/promises';
import { OVERLAP_DEFAULTS, type OverlapCase, overlapSettings, readRunCases } from '../../stages/index.ts';
import { findNearDuplicatesInThreads, flatText, type NearDuplicates } from '../../text/index.ts';
import type { Closeness, NearDuplicateSummary, OverlapPairRow } from '../contract/index.ts';
import { cutText } from '../cut-text.ts';
import type { StudioSession } from '../session.ts';
import type { Work } from './jobs.ts';

/** Cases that are compared; the rest is counted. */
const MOST_CASES = 200_000;
/** Pairs that are kept to be read; all are counted. */
const KEPT_PAIRS = 10_000;
/** Hashing threads where there are many texts, the calling one included. */
const THREADS = 2;

/** What was found, with the pairs to read. */
export interface FoundDuplicates {
  readonly summary: NearDuplicateSummary;
  readonly pairs: readonly OverlapPairRow[];
}

export const DUPLICATES_KEY = 'health: near-duplicates';

/** The work of comparing every case with every other. */
export function duplicatesWork(session: StudioSession): Work<FoundDuplicates> {
  const { candidate } = session.release.comparison;
  return {
    key: DUPLICATES_KEY,
    impossible:
      candidate.opened.mapping.input === undefined
        ? {
            reason: 'The results have no input texts to compare.',
            todo: 'Add a column input, or name yours: --map input=COLUMN.',
          }
        : null,
    run: async (say) => {
      say('reading the cases');
      const cases = await readRunCases(candidate);
      say(`comparing ${cases.length} texts`);
      await setImmediate();
      return findDuplicates(cases, session);
    },
  };
}

async function findDuplicates(
  all: readonly OverlapCase[],
  { release: { config } }: StudioSession,
): Promise<FoundDuplicates> {
  const settings = config.overlap === undefined ? OVERLAP_DEFAULTS : overlapSettings(config.overlap);
  const withText = all.filter(({ text }) => text !== null);
  const cases = withText.slice(0, MOST_CASES);
  const found = await findNearDuplicatesInThreads(
    cases.map(({ text }) => text!),
    {
      threshold: Math.min(settings.notice, settings.threshold),
      grams: settings.grams,
      minTokens: settings.minTokens,
    },
    THREADS,
  );
  const pairsBy = { exact: 0, near: 0, similar: 0 };
  const pairs: OverlapPairRow[] = [];
  const repeating = new Set<number>();
  let conflicts = 0;
  for (const { first, second, jaccard } of pairsOf(found)) {
    const [one, other] = [cases[first]!, cases[second]!];
    const isSame = jaccard === 1 && flatText(one.text!) === flatText(other.text!);
    const closeness: Closeness = isSame ? 'exact' : jaccard >= settings.threshold ? 'near' : 'similar';
    const conflict = one.label !== null && other.label !== null && one.label !== other.label;
    pairsBy[closeness]++;
    if (closeness !== 'similar') repeating.add(second);
    if (conflict && closeness !== 'similar') conflicts++;
    if (pairs.length < KEPT_PAIRS) {
      pairs.push({ closeness, jaccard, conflict, left: sideOf(one), right: sideOf(other) });
    }
  }
  const short = found.groupOf.reduce((sum, group) => sum + (group < 0 ? 1 : 0), 0);
  const order: readonly Closeness[] = ['exact', 'near', 'similar'];
  return {
    pairs: pairs.toSorted(
      (a, b) =>
        order.indexOf(a.closeness) - order.indexOf(b.closeness) ||
        Number(b.conflict) - Number(a.conflict) ||
        b.jaccard - a.jaccard,
    ),
    summary: {
      cases: all.length,
      compared: cases.length - short,
      withoutText: all.length - withText.length,
      short,
      beyondLimit: withText.length - cases.length,
      ...{ pairsBy, conflicts, repeating: repeating.size },
      threshold: settings.threshold,
      notice: settings.notice,
    },
  };
}

/** Each text beside the first that has its words, and the first texts of groups that are close. */
function* pairsOf({ groupOf, firstText, edges }: NearDuplicates) {
  for (let text = 0; text < groupOf.length; text++) {
    const group = groupOf[text]!;
    if (group >= 0 && firstText[group] !== text) yield { first: firstText[group]!, second: text, jaccard: 1 };
  }
  for (const { first, second, intersection, union } of edges) {
    const [one, other] = [firstText[first]!, firstText[second]!];
    yield { first: Math.min(one, other), second: Math.max(one, other), jaccard: intersection / union };
  }
}

function sideOf({ id, label, text }: OverlapCase) {
  return { caseId: id, place: null, label, text: text === null ? null : cutText(text) };
}
