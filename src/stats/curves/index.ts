export { type CurveFacts, describeCurve } from './describe-curve.ts';
export { type LearningCurve, learningCurve } from './learning-curve.ts';
export { type OverfittingGap, overfittingGap } from './overfitting.ts';
export { curveNoise, type Points, type ReducedCurve, reduceCurve } from './reduce-curve.ts';
export { theilSen } from './theil-sen.ts';
