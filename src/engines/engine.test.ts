/** Runs the contract suite over every engine. */

import { openDuckDb } from './duckdb/open.ts';
import { engineContract } from './engine.contract.ts';
import { openMemory } from './memory/open.ts';

// Longer searches: SLICEWISE_CONTRACT_RUNS=2000 SLICEWISE_CONTRACT_SEED=7 npx vitest run src/engines/engine.test.ts
const runs = Number(process.env.SLICEWISE_CONTRACT_RUNS ?? 50);
const seed = Number(process.env.SLICEWISE_CONTRACT_SEED ?? 20_260_101);

engineContract('memory', openMemory, { runs, seed });
engineContract('duckdb', (source) => openDuckDb(source, { threads: 1 }), { runs, seed });
// Without codes every grouping goes through SQL.
engineContract('duckdb without codes', (source) => openDuckDb(source, { threads: 1, codedTexts: 0 }), {
  runs,
  seed,
});
