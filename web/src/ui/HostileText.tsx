/** Text that a model, a file or a stranger wrote: shown as it is spelled, and harmless. */

import { useState } from 'react';
import { visible } from '../../../src/reports/format/visible.ts';
import { countText } from '../format/numbers.ts';
import { legible } from './legible.ts';

/** What to show, and how much of it. */
export interface HostileTextProps {
  readonly text: string;
  /** Characters shown at first; more are shown on demand, as many again each time. 2,000 unless told; lines of their own only with `block`. */
  readonly most?: number;
  /** A sentence of ours with foreign names in it: it reads from the left, whatever name it begins with. */
  readonly sentence?: boolean;
  /** Whether line breaks and runs of spaces are shown as such. */
  readonly block?: boolean;
}

/** Control, bidirectional and invisible characters are spelled out; the text cannot reorder what stands around it. */
export function HostileText({ text, most = 2000, block = false, sentence = false }: HostileTextProps) {
  const [shown, setShown] = useState(most);
  const part = text.length > shown ? cutAt(text, shown) : text;
  const left = text.length - part.length;
  if (!block) {
    return (
      <bdi
        className="hostile"
        dir={sentence ? 'ltr' : undefined}
        title={left > 0 ? `${countText(text.length)} characters` : undefined}
      >
        {visible(part)}
        {left > 0 ? '…' : ''}
      </bdi>
    );
  }
  return (
    <div className="hostile-block">
      <bdi>{legible(part)}</bdi>
      {left > 0 ? (
        <button type="button" className="button quiet" onClick={() => setShown(shown + most)}>
          Show {countText(Math.min(left, most))} of {countText(left)} more characters
        </button>
      ) : null}
    </div>
  );
}

/** Never in the middle of a pair of surrogates. */
function cutAt(text: string, most: number): string {
  const code = text.charCodeAt(most - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? most - 1 : most);
}
