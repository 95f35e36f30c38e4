/** What must be read before a headline number: accuracy that hides classes, and classes that were never found. */

import type { SliceClasses } from '../../classes/index.ts';

/** One warning. */
export interface Banner {
  readonly kind: 'accuracy hides classes' | 'classes never found' | 'constant answer' | 'worse class';
  readonly text: string;
}

/** Classes from which losing one whole class hardly moves accuracy, and the share of one class from which guessing it does well. */
export const BANNER_LIMITS = { classes: 10, majority: 0.8 } as const;

/** Names that a banner lists. */
const LISTED = 5;

/**
 * The banners of all cases together. A balanced task with few classes has none.
 *
 * @param minCases classes with fewer cases are counted and said to be small
 */
export function classBanners({ classes, n, accuracy }: SliceClasses, minCases: number): readonly Banner[] {
  const real = classes.filter(({ support }) => support > 0);
  const largest = Math.max(0, ...real.map(({ support }) => support));
  const majority = n === 0 ? 0 : largest / n;
  const never = real.filter(({ recall }) => recall.candidate.estimate === 0);
  const answered = classes.filter(({ predicted }) => predicted.candidate > 0);
  const banners: Banner[] = [];
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const value = accuracy.candidate.estimate;
  if (real.length >= BANNER_LIMITS.classes || (majority >= BANNER_LIMITS.majority && real.length > 1)) {
    const many =
      real.length >= BANNER_LIMITS.classes
        ? `with ${real.length} classes, losing one of them whole may cost only ${(100 * (smallest(real) / n)).toFixed(smallest(real) / n < 0.001 ? 3 : 1)} points`
        : `always answering '${real[0]?.label}' would score ${percent(majority)}`;
    banners.push({
      kind: 'accuracy hides classes',
      text: `accuracy${value === null ? '' : ` ${value.toFixed(3)}`} hides classes: ${many}; read recall per class and the macro average`,
    });
  }
  if (answered.length === 1 && real.length > 1) {
    banners.push({
      kind: 'constant answer',
      text: `every answer is '${answered[0]!.label}': this is a constant, not a classifier`,
    });
  }
  if (never.length > 0) {
    const small = never.filter(({ support }) => support < minCases).length;
    const names = never
      .slice(0, LISTED)
      .map(({ label, support }) => `'${label}' (0 of ${support})`)
      .join(', ');
    const more = never.length > LISTED ? ` and ${never.length - LISTED} more` : '';
    banners.push({
      kind: 'classes never found',
      text: `${never.length} of ${real.length} classes ${never.length === 1 ? 'has' : 'have'} recall 0: ${names}${more}${small > 0 ? `; ${small} of them below ${minCases} cases` : ''}`,
    });
  }
  return banners;
}

function smallest(classes: SliceClasses['classes']): number {
  return Math.min(...classes.map(({ support }) => support));
}
