import { expect, it } from 'vitest';
import { commandLine } from './command.ts';

it.each([
  [['gate', '--slice', 'group'], 'npm run -s slicewise -- gate --slice group'],
  [['a b.jsonl', "it's $HOME"], "npm run -s slicewise -- 'a b.jsonl' 'it'\\''s $HOME'"],
])('shows %j as it can be pasted', (args, line) => {
  expect(commandLine(args)).toBe(line);
});
