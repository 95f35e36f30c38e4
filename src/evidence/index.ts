/** Evidence: what is known of each slice and metric before any rule is applied. */
export type { FloorEvidence, LossTest, Pairing, SliceEvidence } from './types.ts';
