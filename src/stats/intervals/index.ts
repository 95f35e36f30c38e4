export { agrestiMinInterval, bonettPriceInterval, waldPairedInterval } from './adjusted-wald-paired.ts';
export { agrestiCaffoInterval, waldUnpairedInterval } from './adjusted-wald-unpaired.ts';
export { agrestiCoullInterval } from './agresti-coull.ts';
export { clopperPearsonInterval } from './clopper-pearson.ts';
export { clopperPearsonMidPInterval } from './clopper-pearson-midp.ts';
export { jeffreysInterval } from './jeffreys.ts';
export { newcombePairedInterval } from './newcombe-paired.ts';
export { newcombeUnpairedInterval } from './newcombe-unpaired.ts';
export { type PairedCounts, type PairedInterval, pairedTotal } from './paired-difference.ts';
export { predictionInterval } from './prediction.ts';
export type { ProportionInterval } from './proportion.ts';
export { tangoInterval, tangoScore } from './tango.ts';
export type { UnpairedCounts, UnpairedInterval } from './unpaired-difference.ts';
export {
  meeInterval,
  miettinenNurminenInterval,
  type RestrictedRates,
  restrictedRates,
  unpairedScore,
} from './unpaired-score.ts';
export { waldInterval } from './wald.ts';
export { type WeightSums, weightedWilsonInterval, wilsonInterval } from './wilson.ts';
export { wilsonCcInterval } from './wilson-cc.ts';
