/** Sentences about an overlap. */

import type { OverlapStore, StoreOverlap } from '../../checks/index.ts';
import { countOf, percentText } from '../../reports/index.ts';
import type { OverlapReport } from './overlap-report.ts';

/** What is said of each store. */
export const STORE_WORDS: Readonly<
  Record<OverlapStore, { readonly state: string; readonly name: string; readonly label: string }>
> = {
  train: { state: 'BLEED', name: 'the training data', label: 'Training' },
  fewShot: { state: 'LEAK', name: 'the few-shot store', label: 'Few-shot' },
};

/** `60 of 1,000 cases (6.0 %) stand in the training data`. */
export function copiedText({ store, overlapping, compared }: StoreOverlap): string {
  const share = compared === 0 ? '' : ` (${`${percentText(overlapping.length / compared)}%`})`;
  return `${overlapping.length} of ${countOf(compared, 'case')}${share} stand in ${STORE_WORDS[store].name}`;
}

/** The first line of the answer. */
export function headlineOf({
  verdict,
  stores,
  contamination,
}: Pick<OverlapReport, 'verdict' | 'stores' | 'contamination'>): string {
  const copied = stores
    .filter(({ overlapping }) => overlapping.length > 0)
    .map((store) => `${STORE_WORDS[store.store].state}: ${copiedText(store)}`);
  const contaminated =
    contamination === null || contamination.contaminated === 0
      ? []
      : [`${countOf(contamination.contaminated, 'case')} of ${contamination.cases} stand in the corpus`];
  const said = [...copied, ...contaminated].join('; ');
  if (verdict === 'UNTESTED') return 'UNTESTED: no case could be compared';
  return verdict === 'PASS' ? 'PASS: no case is a copy' : `${verdict}: ${said}`;
}
