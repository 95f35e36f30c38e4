/** The families of findings, in the order in which a person looks for a cause. */

import type { FindingKind } from '../../../../src/findings/index.ts';

export const FAMILIES: Readonly<Record<FindingKind, { readonly name: string; readonly asks: string }>> = {
  data: { name: 'Data', asks: 'Are these the right cases, and is every one of them counted?' },
  evaluation: { name: 'Evaluation', asks: 'Do the scores mean what they seem to mean?' },
  model: { name: 'Model', asks: 'What does the system do differently?' },
  instrument: { name: 'Instrument', asks: 'Can this gate see what it should, and does it err as stated?' },
};
