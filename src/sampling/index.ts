/** Drawing cases so that what is drawn can be reweighted: allocation, designs with inclusion probabilities, estimates. */
export { type Allocation, type AllocationRule, allocate, type Stratum } from './allocate.ts';
export {
  certainty,
  type Draw,
  drawProportional,
  drawSimple,
  drawStratified,
  unionOf,
} from './designs.ts';
export { type DrawnUnit, rateOfSample } from './estimate.ts';
export { casesForMargin, marginOfError } from './margin.ts';
export { permanentNumber } from './permanent-number.ts';
