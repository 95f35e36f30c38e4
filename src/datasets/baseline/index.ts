/** Baselines that a person without a model can start from. */
export type { InputColumns, PredictRequest, TrainRequest } from './baseline-request.ts';
export { renderPredictions } from './predict-page.ts';
export { type PredictReport, runBaselinePredict } from './run-predict.ts';
export { runBaselineTrain } from './run-train.ts';
export { renderTraining } from './train-page.ts';
export type { TrainReport } from './train-report.ts';
