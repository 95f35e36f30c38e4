/** What two texts have in common and what not, word by word: marked by a line and a colour. */

import { useMemo } from 'react';
import { legible } from '../../ui/legible.ts';
import { diffTexts } from '../cases/word-diff.ts';

/** Both texts side by side. */
export function WordDiff({
  before,
  after,
}: {
  readonly before: string | null;
  readonly after: string | null;
}) {
  const parts = useMemo(
    () => (before === null || after === null ? null : diffTexts(before, after)),
    [before, after],
  );
  const side = (own: 'before' | 'after', text: string | null) => {
    if (text === null) return <span className="muted">the files have no text</span>;
    if (parts === null) return <bdi>{legible(text)}</bdi>;
    return parts[own].map((part, i) =>
      !part.differs ? (
        <bdi key={i}>{legible(part.text)}</bdi>
      ) : own === 'before' ? (
        <del key={i}>{legible(part.text)}</del>
      ) : (
        <ins key={i}>{legible(part.text)}</ins>
      ),
    );
  };
  return (
    <div className="word-diff">
      <div>
        <h4>Before</h4>
        <div className="hostile-block">{side('before', before)}</div>
      </div>
      <div>
        <h4>After</h4>
        <div className="hostile-block">{side('after', after)}</div>
      </div>
    </div>
  );
}
