/** The section `passWords`, and the flags over it: texts that say that a case passed or failed, beside those that are known. */

import type { z as Zod } from 'zod';
import { type PassWords, plainWord } from '../cases/index.ts';
import type { Problem } from '../errors.ts';
import type { Flags } from './flags.ts';
import { type Reading, report, textsAt } from './reading.ts';
import { textShape } from './schema-parts.ts';

export function passWordsShape(z: typeof Zod) {
  const words = z.array(textShape(z)).min(1);
  return z
    .strictObject({
      passed: words.optional().describe('Texts that say that a case passed, such as bestanden.'),
      failed: words.optional().describe('Texts that say that a case failed.'),
    })
    .nullish()
    .describe('Texts of the passed column beside the known ones; in any case, blanks around them ignored.');
}

/** The section as it was checked. */
export function readPassWords(
  reading: Reading,
  raw: { readonly passed?: readonly unknown[]; readonly failed?: readonly unknown[] },
): PassWords {
  const words = {
    passed: textsAt(reading, raw.passed, ['passWords', 'passed']),
    failed: textsAt(reading, raw.failed, ['passWords', 'failed']),
  };
  for (const [at, text] of words.failed.entries()) {
    if (isAmong(text, words.passed))
      report(reading, ['passWords', 'failed', at], `is ${JSON.stringify(text)}, which is in passed as well`);
  }
  for (const name of ['passed', 'failed'] as const) {
    for (const [at, text] of words[name].entries())
      if (text.trim() === '') report(reading, ['passWords', name, at], 'is blank, which means unscored');
  }
  return words;
}

/** The words of the configuration with `--pass-words A,B` and `--fail-words C` added; absent where there are none. */
export function mergePassWords(
  known: PassWords | undefined,
  flags: Pick<Flags, 'passWords' | 'failWords'>,
  problems: Problem[],
): PassWords | undefined {
  const { passWords = [], failWords = [] } = flags;
  if (passWords.length === 0 && failWords.length === 0) return known;
  const passed = wordsOf(passWords, '--pass-words', problems);
  const failed = wordsOf(failWords, '--fail-words', problems);
  for (const text of failed.filter((one) => isAmong(one, passed)))
    problems.push({ message: `--fail-words ${text} is named by --pass-words as well` });
  // What is typed wins over the file, for the other meaning too.
  return {
    passed: [...(known?.passed ?? []).filter((text) => !isAmong(text, failed)), ...passed],
    failed: [...(known?.failed ?? []).filter((text) => !isAmong(text, passed)), ...failed],
  };
}

function wordsOf(typed: readonly string[], flag: string, problems: Problem[]): readonly string[] {
  return typed.flatMap((text) => {
    const words = text.split(',').map((word) => word.trim());
    if (!words.includes('')) return words;
    problems.push({
      message: `${flag} ${JSON.stringify(text)} has an empty word`,
      hint: `for example ${flag} ${flag === '--pass-words' ? 'bestanden,erfüllt' : 'verfehlt'}; words with a comma stand in slicewise.yaml (passWords)`,
    });
    return [];
  });
}

function isAmong(text: string, words: readonly string[]): boolean {
  return words.some((word) => plainWord(word) === plainWord(text));
}
