import { describe, expect, it } from 'vitest';
import { formatProblem } from '../errors.ts';
import { loadTagRules } from './tag-rules.ts';

const HEAD = 'name: domain\nversion: 3\nmatch: first\n';

async function problems(text: string): Promise<readonly string[]> {
  return loadTagRules('rules.yaml', text).then(
    () => [],
    (error) => error.problems.map(formatProblem),
  );
}

describe('rules of tags', () => {
  it('are read with their places', async () => {
    const rules = await loadTagRules(
      'rules.yaml',
      `${HEAD}otherwise: rest\ncolumn: question\nrules:\n  - { tag: 007, words: [Card, "Direct  Debit", カード] }\n  - { tag: b, pattern: '^x' }\n  - { tag: c, where: tokens > 3 }\n`,
    );
    expect(rules).toMatchObject({
      name: 'domain',
      version: '3',
      match: 'first',
      otherwise: 'rest',
      column: 'question',
      rules: [
        {
          tag: '007',
          condition: { kind: 'words', phrases: [['card'], ['direct', 'debit'], ['カ', 'ー', 'ド']] },
          where: { line: 7, column: 24 },
        },
        { tag: 'b', condition: { kind: 'pattern', pattern: '^x' } },
        { tag: 'c', condition: { kind: 'where', text: 'tokens > 3' } },
      ],
    });
  });

  it.each([
    [
      '',
      [
        'name is missing, must be a text (rules.yaml:1:1)',
        'version is missing',
        'match is missing',
        'rules is missing',
      ],
    ],
    [`${HEAD}rules: []`, ['rules is']],
    [
      `${HEAD}rules: [{ tag: a }]`,
      ['rules[0] says nothing to look for (rules.yaml:4:9)\n  hint: write words'],
    ],
    [
      `${HEAD}rules: [{ tag: a, words: [x], where: a > 1 }]`,
      ['rules[0] has words and where, must be one (rules.yaml:4:9)'],
    ],
    [`${HEAD}rules: [{ tag: a, pattern: 'a(b' }]`, ['rules[0].pattern: missing closing ) (rules.yaml:4:29)']],
    [
      `${HEAD}rules: [{ tag: a, pattern: '(?<x>a)' }]`,
      ['rules[0].pattern: named groups are not supported, write (?:...) (rules.yaml:4:29)'],
    ],
    [
      `${HEAD}rules: [{ tag: a, where: a > }]`,
      [
        'rules[0].where: found the end, expected a number, a text in quotes, true, false or a column (rules.yaml:4:29)',
      ],
    ],
    [
      `${HEAD}rules: [{ tag: a, words: ['!!'] }]`,
      ['rules[0].words[0] is "!!", which holds no letter or digit (rules.yaml:4:27)'],
    ],
    [
      `${HEAD}rules: [{ tag: a, word: [x] }]`,
      ['rules[0].word is unknown (rules.yaml:4:19)\n  hint: did you mean "words"?', 'rules[0] says nothing'],
    ],
    [
      `${HEAD.replace('first', 'best')}rules: [{ tag: a }]`,
      ['match is "best", must be first or all (rules.yaml:3:8)', 'rules[0] says nothing'],
    ],
    ['name: [', ['']],
  ])('that are wrong name the place: %j', async (text, expected) => {
    const found = await problems(text);
    expect(found).toHaveLength(expected.length);
    found.forEach((problem, index) => {
      expect(problem.startsWith(expected[index]!), problem).toBe(true);
    });
  });
});
