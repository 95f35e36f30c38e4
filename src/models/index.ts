/** Models that cost nothing: trivial answers and a text classifier, to compare a system with. */
export type { Prediction } from './types.ts';
