export {
  CONTRAST_DEFAULTS,
  type ContrastOptions,
  type ContrastWord,
  type ContrastWords,
  contrastWords,
  type TokenCounts,
} from './contrast-words.ts';
export { type ItemContribution, type ItemContributions, itemContributions } from './item-contributions.ts';
export { mixShift, type ShiftDecomposition, type ValuePeriods, type ValueShift } from './mix-shift.ts';
export { type Neighbour, nearestNeighbours, type Vectors } from './nearest-neighbours.ts';
