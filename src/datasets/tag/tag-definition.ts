/** The file beside tagged rows that says how the dimension was made and how right it was found to be. */

import { createHash } from 'node:crypto';
import type { TagCondition, TagRules } from '../../config/index.ts';
import type { TagAccuracy } from './tag-accuracy.ts';
import type { TagCount } from './tagged-cases.ts';

/** Everything that is known of a tagged run; the definition file and `--format json` are this. */
export interface TagReport {
  readonly name: string;
  readonly version: string;
  /** SHA-256 over what the rules say, 16 hex digits; equal rules have equal hashes, however the file is written. */
  readonly rulesHash: string;
  readonly match: TagRules['match'];
  readonly otherwise: string | null;
  readonly column: string | null;
  readonly rules: readonly {
    readonly tag: string;
    readonly words?: readonly string[];
    readonly pattern?: string;
    readonly where?: string;
  }[];
  readonly files: readonly string[];
  readonly rows: number;
  readonly cases: number;
  /** Cases whose rows have different tags; they are in no slice. */
  readonly changedCases: number;
  readonly counts: readonly TagCount[];
  /** Tags of rules that matched nothing. */
  readonly unused: readonly string[];
  /** Null where nothing was checked by hand. */
  readonly checked: CheckedTags | null;
  readonly output: string | null;
  readonly worksheet: { readonly file: string; readonly cases: number; readonly seed: number } | null;
  readonly notes: readonly string[];
}

export interface CheckedTags {
  readonly file: string;
  /** Cases with a label that are in the run. */
  readonly cases: number;
  readonly accuracy: readonly TagAccuracy[];
}

/** The rules as plain data. */
export function plainRules({ rules }: TagRules): TagReport['rules'] {
  return rules.map(({ tag, condition }) => ({ tag, ...plainCondition(condition) }));
}

function plainCondition(condition: TagCondition): object {
  switch (condition.kind) {
    case 'words':
      return { words: condition.phrases.map((phrase) => phrase.join(' ')) };
    case 'pattern':
      return { pattern: condition.pattern };
    case 'where':
      return { where: condition.text };
  }
}

export function rulesHash(rules: TagRules): string {
  const { match, otherwise, column } = rules;
  const text = JSON.stringify([match, otherwise, column, plainRules(rules)]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
