/** A command or definition with a button that copies it. */

import { useState } from 'react';
import { copyText } from './clipboard.ts';
import { HostileText } from './HostileText.tsx';

/** @param what what is copied, for the button's name: `the command` */
export function Copyable({ text, what }: { readonly text: string; readonly what: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => setDone(await copyText(text));
  return (
    <div className="copyable">
      <code>
        <HostileText text={text} most={4000} block />
      </code>
      <button type="button" className="button quiet" aria-label={`Copy ${what}`} onClick={() => void copy()}>
        {done ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
