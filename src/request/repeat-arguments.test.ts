import { describe, expect, it } from 'vitest';
import { repeatArguments } from './repeat-arguments.ts';

describe('the arguments that repeat a comparison', () => {
  it.each([
    [{ baseline: ['a.jsonl'], candidate: ['b.jsonl'] }, null, 'a.jsonl b.jsonl'],
    [{ candidate: ['b.jsonl'] }, null, 'b.jsonl'],
    [{}, 'slicewise.yaml', '--config slicewise.yaml'],
    [{ baseline: ['a b.jsonl'], candidate: ['-c.jsonl'] }, null, "'a b.jsonl' ./-c.jsonl"],
    [{ baseline: ['-'], candidate: ['b.jsonl'] }, null, '- b.jsonl'],
    [
      { baseline: ['a', 'b'], candidate: ['c'], slice: ['task', '--odd'] },
      null,
      '--baseline a b --candidate c --slice task --slice=--odd',
    ],
    [{ baseline: ['a'] }, 'c.yaml', '--baseline a --config c.yaml'],
    [
      {
        candidate: ['b'],
        baselineRun: 'v1',
        where: ['long: length(input) > 8000'],
        minCases: '5',
        requireEvidence: true,
        alwaysValid: true,
      },
      null,
      "b --baseline-run v1 --where 'long: length(input) > 8000' --min-cases 5 --require-evidence --always-valid",
    ],
    [
      { candidate: ['b'], rerun: ['r1', 'r2'], floor: ['0.8', 'passRate=0.9'] },
      null,
      'b --rerun r1 r2 --floor 0.8 --floor passRate=0.9',
    ],
  ])('%j with config %s', (flags, config, expected) => {
    expect(repeatArguments(flags, config)).toBe(expected);
  });
});
