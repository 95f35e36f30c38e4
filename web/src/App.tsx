/** The whole front end: answers, routes and the frame around every page. */

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { useMemo } from 'react';
import { SourceProvider } from './data/hooks.ts';
import { AskError, type DataSource } from './data/source.ts';
import { createRoutes } from './router.tsx';
import { ShortcutProvider } from './ui/shortcuts.tsx';

/** @param source where answers come from */
export function App({ source }: { readonly source: DataSource }) {
  const router = useMemo(() => createRoutes(source), [source]);
  const client = useMemo(createClient, []);
  return (
    <SourceProvider value={source}>
      <QueryClientProvider client={client}>
        <Tooltip.Provider delayDuration={250}>
          <ShortcutProvider>
            <RouterProvider router={router} />
          </ShortcutProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </SourceProvider>
  );
}

function createClient(): QueryClient {
  // A file that changed while a page was open: the frame asks what holds now, and shows it in place of every page.
  const onError = (error: Error) => {
    if (error instanceof AskError && error.reason === 'unread') {
      void client.invalidateQueries({ queryKey: ['status'] });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    // The runs of a studio do not change while it is open; what a person changes is asked again by name.
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false },
    },
  });
  return client;
}
