/** The open slice: beside the table where there is room, over the page where there is none. Keys go to the next and the previous. */

import { useEffect, useRef } from 'react';
import type { SliceRow } from '../../../../src/studio/contract/index.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { sliceName } from './reading.ts';
import { SlicePanel } from './SlicePanel.tsx';

export interface OpenSliceProps {
  /** Empty where none is open. */
  readonly id: string;
  readonly beside: boolean;
  /** The rows in sight, for next and previous. */
  readonly order: readonly SliceRow[];
  /** The open row; null where the report has none of this id. */
  readonly row: SliceRow | null;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function OpenSlice({ id, beside, order, row, onOpen, onClose }: OpenSliceProps) {
  const panel = useRef<HTMLElement>(null);
  const at = order.findIndex((one) => one.id === id);
  const step = (by: number) => {
    const next = order[at < 0 ? 0 : at + by];
    if (next !== undefined) onOpen(next.id);
  };
  useShortcuts('Slices', [
    { keys: 'j', does: 'open the next slice', run: () => step(1) },
    { keys: 'k', does: 'open the previous slice', run: () => step(-1) },
    { keys: 'o', does: 'go to the open slice', run: () => panel.current?.focus() },
    { keys: 'Escape', does: 'close the slice', run: () => (id === '' ? undefined : onClose()) },
  ]);
  useEffect(() => {
    // A new slice is read from its top.
    if (id !== '') panel.current?.scrollTo({ top: 0 });
  }, [id]);
  if (id === '') return null;
  const name = row === null ? 'Slice' : sliceName(row);
  if (!beside) {
    return (
      <Sheet title={name} open place="side" onOpenChange={(open) => (open ? undefined : onClose())}>
        <SlicePanel id={id} />
      </Sheet>
    );
  }
  return (
    <section ref={panel} className="panel slice-beside" aria-label={name} tabIndex={-1}>
      <header className="panel-head">
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <div className="toolbar">
          <button type="button" className="button quiet" disabled={at <= 0} onClick={() => step(-1)}>
            Previous
          </button>
          <button
            type="button"
            className="button quiet"
            disabled={at < 0 || at + 1 >= order.length}
            onClick={() => step(1)}
          >
            Next
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            Close
          </button>
        </div>
      </header>
      <SlicePanel id={id} />
    </section>
  );
}
