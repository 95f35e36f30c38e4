/** What the explore page keeps in its address, and how a filter is spelled there. */

import type { ExploreChoice, ExploreShow } from '../../../../src/studio/contract/index.ts';

export const EXPLORE_VIEW = {
  tab: 'filter',
  metric: '',
  where: '',
  show: '',
  /** One text per dimension: `dimension|key|key`. */
  choose: [] as readonly string[],
  order: 'cases',
  rows: '',
  columns: '',
  node: '',
  found: '',
  sort: '',
};

/** Id of the dimension that `where` becomes. */
export const CONDITION = '(condition)';

/** @example spell({ dimension: 'plan', values: ['=a|b'] }) // 'plan|=a\\|b' */
export function spell({ dimension, values }: ExploreChoice): string {
  return [dimension, ...values].map((part) => part.replace(/[\\|]/g, (mark) => `\\${mark}`)).join('|');
}

/** The opposite of `spell`; a text that names no value chooses none. */
export function unspell(text: string): ExploreChoice {
  const [dimension = '', ...values] = (text.match(/(?:^|\|)((?:\\.|[^\\|])*)/g) ?? []).map((part) =>
    part.replace(/^\|/, '').replace(/\\(.)/g, '$1'),
  );
  return { dimension, values };
}

/** The filter of an address; the condition that the page was opened with holds until it is cleared. */
export function filterOf(choose: readonly string[], where: string): readonly ExploreChoice[] {
  const filter = choose.map(unspell);
  if (where === '' || filter.some(({ dimension }) => dimension === CONDITION)) return filter;
  return [{ dimension: CONDITION, values: ['=in'] }, ...filter];
}

/** The filter with one dimension chosen anew; no values clear it. */
export function withChoice(
  filter: readonly ExploreChoice[],
  dimension: string,
  values: readonly string[],
): readonly ExploreChoice[] {
  const others = filter.filter((choice) => choice.dimension !== dimension);
  if (values.length === 0) return others;
  const at = filter.findIndex((choice) => choice.dimension === dimension);
  return others.toSpliced(at < 0 ? others.length : at, 0, { dimension, values });
}

/** What is shown where the address does not say: the change where there are two runs. */
export function shownOf(show: string, paired: boolean): ExploreShow {
  if (!paired) return 'after';
  return show === 'before' || show === 'after' ? show : 'delta';
}
