export { type BestOfN, bestOfN, expectedMaximum } from './best-of-n.ts';
