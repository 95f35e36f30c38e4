/** The cases around what is in sight: fetched in chunks, kept by the query cache, never all of them. */

import { useQueries } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CaseItem, CasesAnswer } from '../../../../src/studio/contract/index.ts';
import { useSource } from '../../data/hooks.ts';
import type { AskError } from '../../data/source.ts';
import type { CaseQuestion } from './cases-view.ts';

/** Cases that are asked for at once. */
export const CHUNK = 100;

/** A bar that is dragged passes thousands of chunks: only where it rests for so long, they are asked for. */
const REST_MS = 70;

/** What is known of the cases in sight. */
export interface CaseWindow {
  /** Undefined while it is on its way. */
  at(index: number): CaseItem | undefined;
  readonly error: AskError | null;
}

/** @param first, end rows in sight @param asks whether there is a list to ask for at all */
export function useCaseWindow(question: CaseQuestion, first: number, end: number, asks: boolean): CaseWindow {
  const source = useSource();
  const [from, to] = useRested(Math.floor(first / CHUNK), Math.floor(Math.max(first, end - 1) / CHUNK));
  const chunks = asks ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
  const answers = useQueries({
    queries: chunks.map((chunk) => {
      const params = { ...question, offset: chunk * CHUNK, limit: CHUNK };
      return {
        queryKey: ['cases', params] as const,
        queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<CasesAnswer> =>
          source.ask('cases', params, signal),
      };
    }),
  });
  return {
    at: (index) => {
      const answer = answers[Math.floor(index / CHUNK) - from]?.data;
      return answer?.state === 'listed' ? answer.items[index % CHUNK] : undefined;
    },
    error: (answers.find(({ error }) => error !== null)?.error ?? null) as AskError | null,
  };
}

/** A range that follows its source at once where it moves to a neighbour, and after a rest where it jumps. */
function useRested(from: number, to: number): readonly [number, number] {
  const [rested, setRested] = useState<readonly [number, number]>([from, to]);
  const isNear = Math.abs(from - rested[0]) <= 1 && Math.abs(to - rested[1]) <= 1;
  useEffect(() => {
    if (isNear) {
      setRested((known) => (known[0] === from && known[1] === to ? known : [from, to]));
      return;
    }
    const timer = setTimeout(() => setRested([from, to]), REST_MS);
    return () => clearTimeout(timer);
  }, [from, to, isNear]);
  return isNear ? [from, to] : rested;
}
