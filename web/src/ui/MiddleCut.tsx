/** A name in a narrow place: cut in the middle, because names that begin alike end differently. */

import { visible } from '../../../src/reports/format/visible.ts';

/** Characters at the end that stay in sight. */
const TAIL = 13;

/** Letters that join or run from the right are not taken apart. */
const WHOLE = /[\u0590-\u08ff\ufb1d-\ufefc\u0900-\u0dff\ud800-\udfff]/;

/**
 * The text is in the page as a whole; a style cuts its first part where it does not fit.
 *
 * @param tail characters at the end that stay in sight; 13 unless told
 */
export function MiddleCut({ text, tail = TAIL }: { readonly text: string; readonly tail?: number }) {
  const shown = visible(text);
  if (shown.length <= tail + 4 || WHOLE.test(shown)) return <bdi className="end-cut">{shown}</bdi>;
  return (
    <span className="middle-cut">
      <bdi className="end-cut">{shown.slice(0, -tail)}</bdi>
      <bdi>{shown.slice(-tail)}</bdi>
    </span>
  );
}
