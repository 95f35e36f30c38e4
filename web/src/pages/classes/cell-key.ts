/** The open cell of a confusion matrix as a text for the address. */

import type { CellAnswer, ConfusionCell } from '../../../../src/studio/contract/index.ts';

export type OpenCell = Omit<ConfusionCell, 'slice'>;

const SIDES = { b: 'baseline', c: 'candidate' } as const;

/**
 * Begins with the letter of the run, so that no address reads it as JSON of its own.
 *
 * @example cellKey({ run: 'candidate', expected: 'a', answer: { kind: 'class', label: 'b' } }) // 'c["a","class","b"]'
 */
export function cellKey({ run, expected, answer }: OpenCell): string {
  return `${run.charAt(0)}${JSON.stringify([expected, answer.kind, ...(answer.kind === 'class' ? [answer.label] : [])])}`;
}

/** The cell of an address; null where it names none. */
export function readCellKey(text: string): OpenCell | null {
  const side = text.charAt(0);
  if (side !== 'b' && side !== 'c') return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(1));
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const [expected, kind, label]: readonly unknown[] = parsed;
  const answer = answerOf(kind, label);
  return answer === null || typeof expected !== 'string' ? null : { run: SIDES[side], expected, answer };
}

function answerOf(kind: unknown, label: unknown): CellAnswer | null {
  if (kind === 'class') return typeof label === 'string' ? { kind, label } : null;
  return kind === 'no answer' || kind === 'error' ? { kind } : null;
}
