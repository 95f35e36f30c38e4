/** Runs the contract suite over every engine. */

import { openDuckDb } from './duckdb/open.ts';
import { engineContract } from './engine.contract.ts';
import { openMemory } from './memory/open.ts';

engineContract('memory', openMemory, { runs: 100 });
engineContract('duckdb', (source) => openDuckDb(source, { threads: 1 }), { runs: 60 });
// Without codes every grouping goes through SQL.
engineContract('duckdb without codes', (source) => openDuckDb(source, { threads: 1, codedTexts: 0 }), {
  runs: 60,
});
