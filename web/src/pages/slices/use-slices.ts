/** The slices of the release as rows, unpacked once per answer. */

import { useMemo } from 'react';
import type { SliceRow, SlicesAnswer } from '../../../../src/studio/contract/index.ts';
import { unpackRows } from '../../../../src/studio/release/packed-rows.ts';
import { useStudio } from '../../data/hooks.ts';

/** The answer with its rows, or the state of the question. */
export function useSlices() {
  const question = useStudio('slices', {});
  const { data } = question;
  const rows = useMemo(() => (data === undefined ? [] : unpackRows(data.packed)), [data]);
  return { question, data, rows } as const satisfies {
    readonly question: unknown;
    readonly data: SlicesAnswer | undefined;
    readonly rows: readonly SliceRow[];
  };
}
