/** Writes the article's table as two result files and its policy file, byte for byte the same every time. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ARTICLE_CONFIG, articleTable, toJsonl } from '../../test/generators/index.ts';

/** Name and text of each file of this example. */
export function articleFiles(): ReadonlyMap<string, string> {
  const { baseline, candidate } = articleTable();
  return new Map([
    ['before.jsonl', toJsonl(baseline)],
    ['after.jsonl', toJsonl(candidate)],
    ['eval_config.yaml', ARTICLE_CONFIG],
  ]);
}

if (import.meta.main) {
  for (const [name, text] of articleFiles()) {
    writeFileSync(fileURLToPath(new URL(name, import.meta.url)), text);
    process.stdout.write(`wrote examples/article/${name} (${Buffer.byteLength(text)} bytes)\n`);
  }
}
