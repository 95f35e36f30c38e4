/** A short explanation at a word: on hover, on focus, and in the name of the button. */

import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

/** @param about what is explained, for the button's name */
export function Hint({ about, children }: { readonly about: string; readonly children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="hint" aria-label={`What is ${about}?`}>
        i
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" sideOffset={6} collisionPadding={8}>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
