/** What stands where a page will be, while the studio still reads the runs or could not. */

import type { StudioStatus } from '../../../src/studio/contract/index.ts';
import { Loading, Problems } from '../ui/states.tsx';

export function Reading({ status }: { readonly status: StudioStatus | undefined }) {
  if (status?.state === 'failed') {
    return (
      <Problems
        title="The runs cannot be shown"
        problems={status.problems.map((message) => ({ message, hint: null, where: null }))}
        advice="Mend the files or the configuration, and start the studio again."
      />
    );
  }
  const stage = status?.state === 'reading' ? status.stage : 'starting';
  return <Loading height={480} what={`Slicewise is ${stage}`} />;
}
