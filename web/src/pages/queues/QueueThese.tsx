/** Puts listed cases into a queue where a ledger keeps it; says what to configure where none does. */

import { useStudio } from '../../data/hooks.ts';
import { PutInQueue } from './PutInQueue.tsx';

/** @param caseIds at most 1,000 @param why kept with every item */
export function QueueThese({ caseIds, why }: { readonly caseIds: readonly string[]; readonly why: string }) {
  const { data } = useStudio('status', {});
  if (data?.state !== 'ready' || caseIds.length === 0) return null;
  if (data.ledger) return <PutInQueue caseIds={caseIds.slice(0, 1_000)} why={why.slice(0, 500)} />;
  return (
    <p className="muted">
      With a ledger these cases can be put into a queue: add <code>ledger: slicewise.db</code> to
      slicewise.yaml.
    </p>
  );
}
