/** Reads a file of tagging rules: a dimension made from words, patterns and predicates, with a name and a version. */

import { ConfigError, type Problem, type Where } from '../errors.ts';
import { compilePattern, type Expression, parseExpression } from '../slices/index.ts';
import { words } from '../text/index.ts';
import type { Path } from './path.ts';
import { type Reading, report } from './reading.ts';
import { schemaKeys } from './schema-keys.ts';
import { shapeProblems } from './shape-problems.ts';
import { readYaml } from './yaml-source.ts';

/** What a rule looks for. */
export type TagCondition =
  /** Any of these runs of words stands in the text; words as `words` of the text stage cuts them. */
  | { readonly kind: 'words'; readonly phrases: readonly (readonly string[])[] }
  /** RE2 pattern found anywhere in the text. */
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'where'; readonly text: string; readonly where: Expression };

export interface TagRule {
  readonly tag: string;
  readonly condition: TagCondition;
  /** Where the condition stands. */
  readonly where: Where;
}

/** A dimension made by rules. */
export interface TagRules {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  /** `first`: the first rule that matches gives the one tag. `all`: every rule that matches adds its tag. */
  readonly match: 'first' | 'all';
  /** Tag of what no rule matches; null leaves it without one. */
  readonly otherwise: string | null;
  /** Column that words and patterns look at; null takes the input. */
  readonly column: string | null;
  /** In the order of the file; a tag may have several rules. */
  readonly rules: readonly TagRule[];
}

const CONDITIONS = ['words', 'pattern', 'where'] as const;

type Raw = Readonly<Record<string, unknown>> & {
  readonly rules?: readonly Readonly<Record<string, unknown>>[];
};

/**
 * Reads and checks a file of rules.
 *
 * @throws ConfigError with every problem, each with file, line and column
 * @example (await loadTagRules('r.yaml', 'name: domain\nversion: 1\nmatch: first\nrules: [{ tag: card, words: [card] }]')).name // 'domain'
 */
export async function loadTagRules(file: string, text: string): Promise<TagRules> {
  const source = await readYaml(file, text);
  const { z } = await import('zod');
  const word = z.union([z.string().min(1), z.number(), z.boolean()]);
  const shape = z.strictObject({
    name: word,
    version: word,
    match: z.enum(['first', 'all']),
    otherwise: word.nullish(),
    column: word.nullish(),
    rules: z
      .array(
        z.strictObject({
          tag: word,
          words: z.array(word).min(1).optional(),
          pattern: z.string().min(1).optional(),
          where: z.string().min(1).optional(),
        }),
      )
      .min(1),
  });
  const checked = shape.safeParse(source.value ?? {});
  const reading: Reading = { source, problems: [] };
  const misshapen = checked.success
    ? []
    : shapeProblems(checked.error.issues, source, (path) =>
        schemaKeys(z.toJSONSchema(shape, { io: 'input' }), path),
      );
  const isSound = (index: number) =>
    !misshapen.some(
      ({ path, blocks }) => blocks && path[0] === 'rules' && (path.length < 2 || path[1] === index),
    );
  const raw = (source.value ?? {}) as Raw;
  const rules = (Array.isArray(raw.rules) ? raw.rules : []).flatMap((_, index): TagRule[] =>
    isSound(index) ? readRule(reading, raw.rules?.[index] ?? {}, ['rules', index]) : [],
  );
  const problems: Problem[] = [
    ...misshapen.map(
      ({ message, hint, where }): Problem => ({
        message,
        ...(hint === undefined ? {} : { hint }),
        ...(where === undefined ? {} : { where }),
      }),
    ),
    ...reading.problems,
  ];
  if (problems.length > 0) {
    throw new ConfigError(problems.sort((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0)));
  }
  const textOf = (key: string): string | null => (raw[key] == null ? null : source.text([key]));
  return {
    file,
    name: source.text(['name']),
    version: source.text(['version']),
    match: raw.match === 'all' ? 'all' : 'first',
    otherwise: textOf('otherwise'),
    column: textOf('column'),
    rules,
  };
}

/** One rule, or nothing with its problems reported. */
function readRule(reading: Reading, raw: Readonly<Record<string, unknown>>, path: Path): TagRule[] {
  const present = CONDITIONS.filter((key) => raw[key] !== undefined);
  const [kind, ...others] = present;
  if (kind === undefined || others.length > 0) {
    report(
      reading,
      path,
      kind === undefined ? 'says nothing to look for' : `has ${present.join(' and ')}, must be one`,
      kind === undefined
        ? 'write words: [...], pattern: ... or where: ...'
        : 'write two rules with the same tag',
    );
    return [];
  }
  const condition = readCondition(reading, kind, raw, path);
  if (condition === null) return [];
  return [
    { tag: reading.source.text([...path, 'tag']), condition, where: reading.source.where([...path, kind]) },
  ];
}

function readCondition(
  reading: Reading,
  kind: (typeof CONDITIONS)[number],
  raw: Readonly<Record<string, unknown>>,
  path: Path,
): TagCondition | null {
  const at = [...path, kind];
  const text = reading.source.text(at);
  if (kind === 'words') return readWords(reading, raw.words as readonly unknown[], at);
  if (kind === 'pattern') {
    const found = compilePattern(text);
    if ('matches' in found) return { kind: 'pattern', pattern: text };
    const where = reading.source.whereIn(at)(found.offset);
    reading.problems.push({ message: `${where.field ?? 'pattern'}: ${found.message}`, where });
    return null;
  }
  try {
    return { kind: 'where', text, where: parseExpression(text, reading.source.whereIn(at)) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    reading.problems.push(...error.problems);
    return null;
  }
}

function readWords(reading: Reading, list: readonly unknown[], path: Path): TagCondition {
  const phrases = list.map((_, index) => {
    const text = reading.source.text([...path, index]);
    const phrase = words(text);
    if (phrase.length === 0) {
      report(
        reading,
        [...path, index],
        `is ${JSON.stringify(text)}, which holds no letter or digit`,
        'use pattern for signs',
      );
    }
    return phrase;
  });
  return { kind: 'words', phrases };
}
