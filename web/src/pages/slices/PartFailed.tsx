/** A part of a slice that cannot be shown; the rest of the slice stays. */

import type { AskError } from '../../data/source.ts';
import { Failed } from '../../ui/states.tsx';

/** What a file does not hold takes one line: the slice above it is there. */
export function PartFailed({ error, retry }: { readonly error: AskError; readonly retry: () => void }) {
  if (error.reason === 'missing') return <p className="muted">Not in this file. The studio shows it.</p>;
  return <Failed error={error} retry={retry} />;
}
