/** What the terminal sections draw with: width, glyphs, paint and how much to show. */

import picocolors from 'picocolors';
import type { Verdict } from '../../findings/index.ts';

export interface Glyphs {
  readonly ellipsis: string;
  readonly arrow: string;
  readonly line: string;
  readonly point: string;
  readonly zero: string;
  readonly zeroCrossed: string;
  readonly mark: string;
  readonly beyondLeft: string;
  readonly beyondRight: string;
  readonly rule: string;
}

const UNICODE: Glyphs = {
  ellipsis: '…',
  arrow: '→',
  line: '━',
  point: '●',
  zero: '│',
  zeroCrossed: '┿',
  mark: '┊',
  beyondLeft: '◂',
  beyondRight: '▸',
  rule: '─',
};

const ASCII: Glyphs = {
  ellipsis: '~',
  arrow: '->',
  line: '=',
  point: 'o',
  zero: '|',
  zeroCrossed: '+',
  mark: ':',
  beyondLeft: '<',
  beyondRight: '>',
  rule: '-',
};

export type Paint = (text: string) => string;

export interface Style {
  /** Cells in a line, at least 60. */
  readonly width: number;
  readonly all: boolean;
  readonly glyphs: Glyphs;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly good: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

/** The style for a terminal; without colour every paint is the identity. */
export function styleOf(options: {
  readonly columns: number;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly all: boolean;
}): Style {
  const colors = picocolors.createColors(options.color);
  return {
    width: Math.max(60, options.columns),
    all: options.all,
    glyphs: options.ascii ? ASCII : UNICODE,
    bad: (text) => colors.bold(colors.red(text)),
    warn: colors.yellow,
    good: colors.green,
    dim: colors.dim,
    strong: colors.bold,
  };
}

const PAINTS: Readonly<Record<Verdict, 'bad' | 'warn' | 'good' | 'dim'>> = {
  BLOCK: 'bad',
  INVALID: 'bad',
  UNTESTED: 'warn',
  STALE: 'warn',
  REVIEW: 'warn',
  PASS: 'good',
  'LOW-N': 'dim',
  DEBT: 'warn',
};

/** Text as it is. */
export const unpainted: Paint = (text) => text;

/** Colour of a verdict; text without one stays plain. */
export function paintOf(style: Style, verdict: Verdict | null): Paint {
  return verdict === null ? unpainted : style[PAINTS[verdict]];
}
