/** What stands where a page will be, while the studio still reads the runs or could not. */

import { useQueryClient } from '@tanstack/react-query';
import type { StudioStatus } from '../../../src/studio/contract/index.ts';
import { useStudioWrite } from '../data/hooks.ts';
import { Loading, Problems } from '../ui/states.tsx';

export function Reading({ status }: { readonly status: StudioStatus | undefined }) {
  const stage = status?.state === 'reading' ? status.stage : 'starting';
  return (
    <>
      <h1 className="visually-hidden">The comparison</h1>
      {status?.state === 'failed' ? (
        <NotRead problems={status.problems} />
      ) : (
        <Loading height={480} what={`Slicewise is ${stage}`} />
      )}
    </>
  );
}

/** Files that are broken, or that changed since they were read. */
function NotRead({ problems }: { readonly problems: readonly string[] }) {
  const client = useQueryClient();
  const reopen = useStudioWrite('reopen', ['status']);
  const again = async () => {
    // Whatever was answered before is about files that are no more.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'status' });
    await reopen.mutateAsync({}).catch(() => undefined);
  };
  return (
    <Problems
      title="The runs cannot be shown"
      problems={problems.map((text) => {
        const [message = text, hint = null] = text.split('\n  hint: ');
        return { message, hint, where: null };
      })}
      advice="Mend the files or the configuration, then open the comparison again. A changed configuration needs a new start of the studio."
      retry={() => void again()}
      retryLabel="Open again"
    />
  );
}
