import { testGolden } from '../../../test/golden.ts';
import { philox4x32, poisson1Weights } from './index.ts';

testGolden('prng_philox', ({ input }) => {
  if (input.fn === 'philox4x32_10') return { words: philox4x32(input.counter, input.key) };
  const weights = Array.from({ length: input.replicates }, (_, replicate) => {
    const row = new Uint8Array(input.cases);
    poisson1Weights(row, input.seed, input.stream, replicate);
    return row;
  });
  return { weights };
});
