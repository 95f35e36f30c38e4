/** A command or definition with a button that copies it. */

import { useState } from 'react';
import { visible } from '../../../src/reports/format/visible.ts';
import { copyText } from './clipboard.ts';
import { HostileText } from './HostileText.tsx';

/** Longer texts are shown in parts. */
const MOST_WORDS = 4000;

/** A line breaks between its words: `--map` never after its hyphens. @param what what is copied, for the button's name: `the command` */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => setDone(await copyText(text));
  return (
    <div className="copyable">
      <code>
        {text.length > MOST_WORDS || text.includes('\n') ? (
          <HostileText text={text} most={MOST_WORDS} block />
        ) : (
          <bdi>
            {visible(text)
              .split(' ')
              .map((word, i) => (
                <span key={i}>
                  <span className="whole-word">{word}</span>{' '}
                </span>
              ))}
          </bdi>
        )}
      </code>
      <button type="button" className="button quiet" aria-label={`Copy ${what}`} onClick={() => void copy()}>
        {done ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
