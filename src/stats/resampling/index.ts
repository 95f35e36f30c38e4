export { binomialDraw, multinomialDraw } from './binomial-draw.ts';
export { type BootstrapInput, bootstrap } from './bootstrap.ts';
export { type CellBootstrapInput, cellBootstrap } from './cell-bootstrap.ts';
export { hypergeometricDraw, multivariateHypergeometricDraw } from './hypergeometric-draw.ts';
export { type PoissonBootstrap, poissonBootstrap } from './poisson-bootstrap.ts';
export {
  type BootstrapEstimate,
  type BootstrapMethod,
  type JackknifeValue,
  type Replicates,
  replicateInterval,
} from './replicate-interval.ts';
export { type DifferenceCell, type SignFlipTest, signFlipCells } from './sign-flip-cells.ts';
export { type SwapTest, type SwapTestInput, swapTest } from './swap-test.ts';
export { tInterval } from './t-interval.ts';
