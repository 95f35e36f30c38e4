/** Which runs are compared, always in sight. */

import type { StudioStatus } from '../../../src/studio/contract/index.ts';
import { countOf } from '../format/numbers.ts';
import { HostileText } from '../ui/HostileText.tsx';

type Ready = Extract<StudioStatus, { readonly state: 'ready' }>;

export function RunNames({ status }: { readonly status: Ready }) {
  return (
    <p className="run-names">
      {status.baseline === null ? null : (
        <>
          <HostileText text={status.baseline} most={48} /> <span aria-hidden="true">→</span>
          <span className="visually-hidden">compared with the candidate</span>{' '}
        </>
      )}
      <HostileText text={status.candidate} most={48} />
      <span className="muted"> · {countOf(status.cases, 'case')}</span>
    </p>
  );
}
