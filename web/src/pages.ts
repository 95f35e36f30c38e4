/** Every page: its path, its name, and under which of the user's four questions it stands. A new page is added here and nowhere else. */

import type { ComponentType } from 'react';

/** The four entries of the navigation, in order. */
export const GROUPS = {
  ship: 'Ship',
  where: 'Where',
  believe: 'Believe',
  work: 'Work',
} as const;

export type GroupName = keyof typeof GROUPS;

/** One page. */
export interface PageEntry {
  /** Such as `/slices`. */
  readonly path: string;
  readonly title: string;
  readonly group: GroupName;
  /** Loads the page's code when it is first opened: `async () => (await import('./pages/x/XPage.tsx')).XPage`. */
  readonly load: () => Promise<ComponentType>;
}

export const PAGES: readonly PageEntry[] = [
  {
    path: '/verdict',
    title: 'Verdict',
    group: 'ship',
    load: async () => (await import('./pages/verdict/VerdictPage.tsx')).VerdictPage,
  },
  {
    path: '/review',
    title: 'Review',
    group: 'ship',
    load: async () => (await import('./pages/review/ReviewPage.tsx')).ReviewPage,
  },
  {
    path: '/runs',
    title: 'Runs',
    group: 'ship',
    load: async () => (await import('./pages/runs/RunsPage.tsx')).RunsPage,
  },
  {
    path: '/slices',
    title: 'Slices',
    group: 'where',
    load: async () => (await import('./pages/slices/SlicesPage.tsx')).SlicesPage,
  },
  {
    path: '/findings',
    title: 'Findings',
    group: 'believe',
    load: async () => (await import('./pages/findings/FindingsPage.tsx')).FindingsPage,
  },
  {
    path: '/policy',
    title: 'Policy tuner',
    group: 'ship',
    load: async () => (await import('./pages/policy/PolicyPage.tsx')).PolicyPage,
  },
  {
    path: '/classes',
    title: 'Classes',
    group: 'where',
    load: async () => (await import('./pages/classes/ClassesPage.tsx')).ClassesPage,
  },
  {
    path: '/explore',
    title: 'Explore',
    group: 'where',
    load: async () => (await import('./pages/explore/ExplorePage.tsx')).ExplorePage,
  },
  {
    path: '/cases',
    title: 'Cases',
    group: 'work',
    load: async () => (await import('./pages/cases/CasesPage.tsx')).CasesPage,
  },
  {
    path: '/queues',
    title: 'Queues',
    group: 'work',
    load: async () => (await import('./pages/queues/QueuesPage.tsx')).QueuesPage,
  },
  {
    path: '/health',
    title: 'Data health',
    group: 'believe',
    load: async () => (await import('./pages/health/HealthPage.tsx')).HealthPage,
  },
];
