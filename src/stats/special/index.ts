export { betaCdf, betaLogTails, betaPoint, betaQuantile, betaTails, type LogTails, logBeta } from './beta.ts';
export { binomialCdf, binomialLogPmf, binomialPmf, binomialSf } from './binomial.ts';
export { logBinomialCoefficient } from './binomial-coefficient.ts';
export { chiSquareSf } from './chi-square.ts';
export { logGamma } from './gamma.ts';
export { gammaTails } from './gamma-tails.ts';
export { hypergeometricCdf, hypergeometricPmf, hypergeometricSf } from './hypergeometric.ts';
export { normalCdf, normalLogSf, normalPdf, normalQuantile, normalSf } from './normal.ts';
export { studentTCdf, studentTQuantile, studentTSf } from './student-t.ts';
