/** Makes equal texts one text, so that a column of few values costs little memory and equal cells are equal at a glance. */

/** With more different texts than this, texts are kept as they come. */
const MOST_TEXTS = 4_096;

/** Gives for each text the first one that equals it, as long as there are few different ones. */
export type TextPool = (text: string) => string;

/** A pool for the texts of one column. */
export function createTextPool(): TextPool {
  let known: Map<string, string> | null = new Map();
  return (text) => {
    const before = known?.get(text);
    if (before !== undefined) return before;
    if (known !== null && known.set(text, text).size > MOST_TEXTS) known = null;
    return text;
  };
}
