/** Which slices are critical: they share four fifths of the block budget. */

import { Checkbox } from 'radix-ui';
import { useId, useState } from 'react';
import type { PolicyStart } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { SearchBox } from '../../ui/controls.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import type { Tuned } from './use-setting.ts';

/** Slices offered at once; the others are found by searching. */
const SHOWN = 12;

export function CriticalSlices({ start, tuned }: { readonly start: PolicyStart; readonly tuned: Tuned }) {
  const [search, setSearch] = useState('');
  const chosen = new Set(tuned.setting.critical);
  const found = start.slices.filter(({ dimension, value }) =>
    `${dimension}=${value}`.toLowerCase().includes(search.toLowerCase()),
  );
  const shown = [
    ...found.filter(({ id }) => chosen.has(id)),
    ...found.filter(({ id }) => !chosen.has(id)).slice(0, SHOWN),
  ];
  const left = found.length - shown.length;
  const toggle = (id: string) =>
    tuned.change({
      critical: chosen.has(id)
        ? tuned.setting.critical.filter((other) => other !== id)
        : [...tuned.setting.critical, id],
    });
  return (
    <section className="policy-critical" aria-label="Critical slices">
      <div className="policy-row">
        <h3>Critical slices: {chosen.size}</h3>
        <Hint about="a critical slice">
          Critical slices share four fifths of the block budget, the others one fifth. A critical slice
          without evidence either way asks for review.
        </Hint>
      </div>
      {start.slices.length > SHOWN ? (
        <SearchBox label="Search slices" value={search} onChange={setSearch} />
      ) : null}
      <ul>
        {shown.map(({ id, dimension, value, n }) => (
          <li key={id}>
            <Choice checked={chosen.has(id)} onChange={() => toggle(id)}>
              <HostileText text={`${dimension}=${value}`} most={80} />{' '}
              <span className="muted">n {countText(n)}</span>
            </Choice>
          </li>
        ))}
      </ul>
      {left > 0 ? <p className="muted">{countText(left)} more: search for them</p> : null}
      {start.slicesOmitted > 0 ? (
        <p className="muted">
          {countText(start.slicesOmitted)} smaller slices are declared critical in the file alone.
        </p>
      ) : null}
    </section>
  );
}

function Choice({
  checked,
  onChange,
  children,
}: {
  readonly checked: boolean;
  readonly onChange: () => void;
  readonly children: React.ReactNode;
}) {
  const id = useId();
  return (
    <div className="policy-choice">
      <Checkbox.Root id={id} className="checkbox" checked={checked} onCheckedChange={onChange}>
        <Checkbox.Indicator>✓</Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>{children}</label>
    </div>
  );
}
