/** The `?` sheet: every key that does something here. */

import { useState } from 'react';
import { Sheet } from './Sheet.tsx';
import { useShortcutSets, useShortcuts } from './shortcuts.tsx';

/** A button and the sheet that it opens; `?` opens it as well. */
export function ShortcutHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts('Everywhere', [{ keys: '?', does: 'show the keys', run: () => setOpen(true) }]);
  const sets = useShortcutSets();
  const titles = [...new Set(sets.map(({ title }) => title))];
  return (
    <>
      <button type="button" className="button quiet key-help" aria-label="Keys" onClick={() => setOpen(true)}>
        ?
      </button>
      <Sheet title="Keys" open={open} onOpenChange={setOpen}>
        {titles.map((title) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="keys">
              {sets
                .filter((set) => set.title === title)
                .flatMap(({ shortcuts }) => shortcuts)
                .map(({ keys, does }) => (
                  <div key={`${keys} ${does}`}>
                    <dt>
                      {keys.split(' ').map((key, i) => (
                        <kbd key={i}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </Sheet>
    </>
  );
}
