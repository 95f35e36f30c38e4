/** In a second stage: what fresh cases say of each nominee of the first. */

import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';

/** Worst first. */
const LOOKS = {
  confirmed: { sign: '■', tone: 'bad' },
  open: { sign: '◆', tone: 'warn' },
  cleared: { sign: '✓', tone: 'good' },
} as const;

export function Nominees({ nominees }: { readonly nominees: NonNullable<ReleaseAnswer['nominees']> }) {
  return (
    <Panel title="What the first stage nominated, on fresh cases">
      <ul className="untold">
        {worstFirst(nominees).map(({ id, name, settled, reason }) => (
          <li key={id}>
            <span className={`badge ${LOOKS[settled].tone}`}>
              <span aria-hidden="true">{LOOKS[settled].sign} </span>
              {settled}
            </span>{' '}
            <strong>
              <HostileText text={name} most={200} />
            </strong>{' '}
            <span className="muted">
              <HostileText text={reason} most={400} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const ORDER = Object.keys(LOOKS);

function worstFirst(nominees: NonNullable<ReleaseAnswer['nominees']>) {
  return nominees.toSorted((a, b) => ORDER.indexOf(a.settled) - ORDER.indexOf(b.settled));
}
