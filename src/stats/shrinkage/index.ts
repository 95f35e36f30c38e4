export {
  type BetaPrior,
  betaPriorByLikelihood,
  betaPriorByMoments,
  type ShrunkenRate,
  type SliceCount,
  shrinkRate,
} from './beta-binomial.ts';
export { type JamesStein, jamesStein } from './james-stein.ts';
export { type NormalShrinkage, pauleMandel } from './paule-mandel.ts';
