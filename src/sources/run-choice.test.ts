import { expect, test } from 'vitest';
import { chooseRunHint } from './run-choice.ts';

const RUNS = [
  { run: 'openai:gpt-5', rows: 2 },
  { run: "it's new", rows: 2 },
];

test.each([
  ['baseline', 'choose one with --baseline-run openai:gpt-5'],
  ['candidate', 'choose one with --candidate-run openai:gpt-5'],
  ['import', 'choose one with --run openai:gpt-5'],
  [
    'alone',
    "choose one with --candidate-run openai:gpt-5, or compare two of them: slicewise gate --baseline 'a b.json' --baseline-run openai:gpt-5 --candidate 'a b.json' --candidate-run 'it'\\''s new'",
  ],
] as const)('says how the run of the %s is chosen', (side, hint) => {
  expect(chooseRunHint(side, ['a b.json'], RUNS)).toBe(hint);
});

test('shows names that steer a terminal without printing them', () => {
  expect(chooseRunHint('candidate', ['r.json'], [{ run: '\u001b[31m', rows: 1 }])).toBe(
    'choose one with --candidate-run "\\u001b[31m"',
  );
});

test('offers the tasks of one model together', () => {
  const runs = ['gpt2:arc', 'gpt2:mmlu', 'gpt2:gsm8k'].map((run) => ({ run, rows: 1 }));
  expect(chooseRunHint('alone', ['out'], runs, true)).toBe(
    "choose one with --candidate-run gpt2:arc, or several at once with --candidate-run 'gpt2:*'",
  );
  expect(chooseRunHint('baseline', ['out'], [{ run: 'other', rows: 1 }, ...runs], true)).toBe(
    'choose one with --baseline-run other',
  );
});

test("offers no pattern for rows of one's own, which know none, but a comparison", () => {
  const runs = ['v40', 'v41', 'v42'].map((run) => ({ run, rows: 1 }));
  expect(chooseRunHint('candidate', ['r.csv'], runs)).toBe('choose one with --candidate-run v40');
  expect(chooseRunHint('alone', ['r.csv'], runs)).toBe(
    'choose one with --candidate-run v40, or compare two of them: slicewise gate --baseline r.csv --baseline-run v40 --candidate r.csv --candidate-run v41',
  );
});
