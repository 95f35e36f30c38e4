export { betaBinomialSequence, type Limits } from './beta-binomial-sequence.ts';
export { bettingMartingale, empiricalBernsteinSequence } from './betting.ts';
export { logEDrop } from './e-drop.ts';
export { eBenjaminiHochberg, eHolm } from './e-multiplicity.ts';
export { logEShortfall } from './e-shortfall.ts';
export { skellamTail } from './skellam.ts';
