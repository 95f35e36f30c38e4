/** Puts cases that a person picked into a queue of the ledger. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useStudioWrite } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed } from '../../ui/states.tsx';
import { TextField } from '../../ui/TextField.tsx';

/** @param why kept with every item: why these cases were picked */
export function PutInQueue({ caseIds, why }: { readonly caseIds: readonly string[]; readonly why: string }) {
  const [queue, setQueue] = useState('review');
  const put = useStudioWrite('enqueue', ['queues', 'queue']);
  const said = put.data === undefined ? null : put.variables.queue;
  return (
    <div>
      <form
        className="toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate({ queue, purpose: 'picked in the studio', why, caseIds });
        }}
      >
        <TextField label="Queue" value={queue} onChange={setQueue} />
        <button type="submit" className="button" disabled={put.isPending || queue.trim() === ''}>
          Queue {countOf(caseIds.length, 'case')}
        </button>
      </form>
      <div role="status">
        {put.error ? <Failed error={put.error} /> : null}
        {said === null ? null : (
          <p className="muted">
            {put.data?.isNew ? 'They stand in ' : 'They stood there already: '}
            <Link to="/queues" search={{ queue: said } as never}>
              <HostileText text={said} most={80} />
            </Link>
            .
          </p>
        )}
      </div>
    </div>
  );
}
