/** What can be told from one text: each feature with its cell, its cut into slices and its definition. A table of data. */

import type { Cell } from '../cases/index.ts';
import { characterCount, wordCount } from '../slices/index.ts';
import {
  cheapTokenCount,
  hasCode,
  hasNumber,
  hasUrl,
  LANGUAGE_METHOD,
  type LanguageDetector,
  readability,
  textScript,
} from '../text/index.ts';
import type { TextCell } from './text-cell.ts';

/** A feature of a text that needs no other text. */
export interface TextFeature {
  /** What follows `derived.` for inputs where `plain`, and `derived.output_` for outputs. */
  readonly name: string;
  /** Edges of the slices where it is a number; null where each value is a slice. */
  readonly edges: readonly number[] | null;
  /** How it is defined, with the method; `TEXT` stands for the text it is about. */
  readonly definition: string;
  /** The cell for one text. */
  cell(text: TextCell, tools: { readonly language: LanguageDetector | null }): Cell;
}

const yesNo = (answer: boolean): string => (answer ? 'yes' : 'no');

/** Powers of two, so that slices of different runs have the same edges. */
export const EDGES = {
  chars: [32, 128, 512, 2048, 8192, 32768],
  words: [8, 32, 128, 512, 2048, 8192],
  tokens: [16, 64, 256, 1024, 4096, 16384],
  turns: [2, 3, 5, 9, 17],
  tools: [1, 2, 3, 5, 9, 17],
  readability: [30, 50, 60, 70, 80, 90],
  share: [0.05, 0.25, 0.5, 0.75],
} as const;

export const TEXT_FEATURES: readonly TextFeature[] = [
  {
    name: 'chars',
    edges: EDGES.chars,
    definition: 'characters (Unicode code points) of TEXT',
    cell: ({ text }) => String(characterCount(text)),
  },
  {
    name: 'words',
    edges: EDGES.words,
    definition: 'words of TEXT, separated by blanks',
    cell: ({ text }) => String(wordCount(text)),
  },
  {
    name: 'tokens',
    edges: EDGES.tokens,
    definition: 'estimated tokens of TEXT (by kinds of characters, without a tokenizer)',
    cell: ({ text }) => String(cheapTokenCount(text)),
  },
  {
    name: 'language',
    edges: null,
    definition: `language of TEXT by ${LANGUAGE_METHOD}, first 1,000 characters; unknown where it is short or unclear`,
    cell: ({ text }, { language }) => language?.(text) ?? null,
  },
  {
    name: 'script',
    edges: null,
    definition: 'script of two thirds of the letters of TEXT, else mixed; none without letters',
    cell: ({ text }) => textScript(text),
  },
  {
    name: 'has_code',
    edges: null,
    definition: 'TEXT has a fenced block or lines that read like program code',
    cell: ({ text }) => yesNo(hasCode(text)),
  },
  {
    name: 'has_number',
    edges: null,
    definition: 'TEXT has a decimal digit',
    cell: ({ text }) => yesNo(hasNumber(text)),
  },
  {
    name: 'has_url',
    edges: null,
    definition: 'TEXT has an address with http://, https://, ftp:// or www.',
    cell: ({ text }) => yesNo(hasUrl(text)),
  },
  {
    name: 'readability',
    edges: EDGES.readability,
    definition: 'Flesch reading ease of TEXT, English only; higher is easier',
    cell: ({ text }) => {
      const { score } = readability(text);
      return score === null ? null : String(Math.round(score * 10) / 10);
    },
  },
  {
    name: 'modality',
    edges: null,
    definition: 'kinds of content in TEXT where it is messages in JSON, else text',
    cell: ({ conversation }) => (conversation === null ? 'text' : conversation.kinds.join('+') || null),
  },
];
