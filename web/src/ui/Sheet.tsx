/** A dialog over the page: focus stays inside, Escape closes, focus goes back. */

import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';

export interface SheetProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** `side` for a panel at the right edge (the whole screen where it is narrow); `middle` unless told. */
  readonly place?: 'middle' | 'side';
  readonly children: ReactNode;
}

export function Sheet({ title, open, onOpenChange, place = 'middle', children }: SheetProps) {
  // Radix gives the focus back to a trigger of its own; these open by keys and buttons anywhere.
  const before = useRef<HTMLElement | null>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content
          className={`sheet ${place}`}
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const back = before.current?.isConnected ? before.current : document.getElementById('main');
            back?.focus({ preventScroll: true });
          }}
        >
          <header className="sheet-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="button quiet">Close</Dialog.Close>
          </header>
          <div className="sheet-body">{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
