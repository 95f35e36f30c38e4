/** How pages ask: `useStudio` for answers, `useStudioWrite` for changes. */

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Answer, AskError, DataSource, Params, ReadName, WriteName } from './source.ts';

const SourceContext = createContext<DataSource | null>(null);

/** Lends the source of answers to everything inside. */
export const SourceProvider = SourceContext.Provider;

/** The source of answers; only for what `useStudio` cannot do, such as paging. */
export function useSource(): DataSource {
  const source = useContext(SourceContext);
  if (source === null) throw new Error('useSource is called outside of SourceProvider');
  return source;
}

/** How an answer is fetched. */
export interface AskOptions<Result> {
  /** Whether to ask at all; true unless told. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds while it returns a number. */
  readonly again?: (answer: Result | undefined) => number | false;
}

/** Asks, and keeps the last answer on the screen until the next is there, so that nothing jumps. */
export function useStudio<Name extends ReadName>(
  name: Name,
  params: Params<Name>,
  { enabled = true, again }: AskOptions<Answer<Name>> = {},
) {
  const source = useSource();
  return useQuery<Answer<Name>, AskError>({
    queryKey: [name, params],
    queryFn: ({ signal }) => source.ask(name, params, signal),
    placeholderData: keepPreviousData,
    enabled,
    ...(again === undefined ? {} : { refetchInterval: ({ state }) => again(state.data) }),
  });
}

/** Changes something; the answers named by `touches` are asked again. */
export function useStudioWrite<Name extends WriteName>(name: Name, touches: readonly ReadName[]) {
  const source = useSource();
  const client = useQueryClient();
  return useMutation<Answer<Name>, AskError, Params<Name>>({
    mutationFn: (params) => source.tell(name, params),
    onSuccess: () => Promise.all(touches.map((touched) => client.invalidateQueries({ queryKey: [touched] }))),
  });
}
