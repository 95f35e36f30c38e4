/** What two texts have in common and what not, word by word: marked by a line and a colour. */

import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { legible } from '../../ui/legible.ts';

/** Beyond so many characters a difference word by word takes too long to be worth it. */
const MOST = 20_000;

/** Both texts side by side. */
export function WordDiff({
  before,
  after,
}: {
  readonly before: string | null;
  readonly after: string | null;
}) {
  const parts = useMemo(
    () =>
      before === null || after === null || before.length + after.length > MOST
        ? null
        : diffWordsWithSpace(before, after, { maxEditLength: 4_000 }),
    [before, after],
  );
  const side = (own: 'removed' | 'added', text: string | null) => {
    if (text === null) return <span className="muted">the files have no text</span>;
    if (parts === null || parts === undefined) return <bdi>{legible(text)}</bdi>;
    return parts
      .filter((part) => part[own] || !(part.added || part.removed))
      .map((part, i) =>
        part[own] ? (
          own === 'removed' ? (
            <del key={i}>{legible(part.value)}</del>
          ) : (
            <ins key={i}>{legible(part.value)}</ins>
          )
        ) : (
          <bdi key={i}>{legible(part.value)}</bdi>
        ),
      );
  };
  return (
    <div className="word-diff">
      <div>
        <h4>Before</h4>
        <div className="hostile-block">{side('removed', before)}</div>
      </div>
      <div>
        <h4>After</h4>
        <div className="hostile-block">{side('added', after)}</div>
      </div>
    </div>
  );
}
