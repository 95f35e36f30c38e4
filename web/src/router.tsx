/** Addresses of pages: in the path where a server answers every path, behind `#` in a file. */

import {
  createBrowserHistory,
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
} from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { DataSource } from './data/source.ts';
import { Frame } from './frame/Frame.tsx';
import { NotFound } from './frame/NotFound.tsx';
import { PAGES, type PageEntry } from './pages.ts';
import { Crashed } from './ui/Crashed.tsx';
import { Loading } from './ui/states.tsx';

/** The router over all pages that this source can show. */
export function createRoutes(source: DataSource) {
  const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Navigate to={source.home} replace />,
  });
  const pages = PAGES.filter(({ path }) => !source.hidden.includes(path)).map((page) =>
    createRoute({
      getParentRoute: () => root,
      path: page.path,
      component: lazyPage(page),
      errorComponent: Crashed,
    }),
  );
  return createRouter({
    routeTree: root.addChildren([home, ...pages]),
    history: source.kind === 'embedded' ? createHashHistory() : createBrowserHistory(),
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
  });
}

function lazyPage({ load }: PageEntry) {
  const Page = lazy(async () => ({ default: await load() }));
  return function PageOfRoute() {
    return (
      <Suspense fallback={<Loading height={480} what="Loading the page" />}>
        <Page />
      </Suspense>
    );
  };
}
