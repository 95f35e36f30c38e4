/** What is shown when a page fails: the rest of the studio stays usable. */

import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problems } from './states.tsx';

export function Crashed({ error, reset }: ErrorComponentProps) {
  return (
    <Problems
      title="This page has failed"
      problems={[
        { message: error instanceof Error ? error.message : String(error), hint: null, where: null },
      ]}
      advice="The results are not touched. Try again, or open another page."
      retry={reset}
    />
  );
}
