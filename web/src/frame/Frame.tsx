/** What stands around every page: the four questions, the pages below them, the runs, theme and keys. */

import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useSource, useStudio } from '../data/hooks.ts';
import { PAGES } from '../pages.ts';
import { Failed } from '../ui/states.tsx';
import { Navigation } from './Navigation.tsx';
import { Reading } from './Reading.tsx';
import { RunNames } from './RunNames.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

const POLL_MS = 400;

/** The frame; pages are shown as soon as the comparison is read. */
export function Frame() {
  const source = useSource();
  const status = useStudio(
    'status',
    {},
    { again: (answer) => (answer?.state === 'reading' ? POLL_MS : false) },
  );
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const { refetch } = status;
  // Pages keep their answers: with every page that is opened, the frame asks whether the files are still those.
  const asked = useRef(path);
  useEffect(() => {
    if (source.kind === 'served' && asked.current !== path) void refetch();
    asked.current = path;
  }, [path, source, refetch]);
  const runHash = status.data?.state === 'ready' ? status.data.runHash : null;
  useForgetting(runHash);
  const main = useRef<HTMLElement>(null);
  const title = PAGES.find((page) => page.path === path)?.title;
  useEffect(() => {
    document.title = title === undefined ? 'Slicewise' : `${title} · Slicewise`;
  }, [title]);
  return (
    <div className="frame">
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <header className="frame-head">
        <Navigation />
        <div className="frame-runs">
          {status.data?.state === 'ready' ? <RunNames status={status.data} /> : null}
        </div>
        <ThemeSwitch />
      </header>
      {source.notices.length === 0 ? null : (
        <aside aria-label="What this file leaves out">
          {source.notices.map((notice) => (
            <p className="notice" key={notice}>
              {notice}
            </p>
          ))}
        </aside>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        {status.error ? (
          <>
            <h1 className="visually-hidden">Not shown</h1>
            <Failed error={status.error} retry={() => void status.refetch()} />
          </>
        ) : status.data?.state === 'ready' ? (
          <Outlet />
        ) : (
          <Reading status={status.data} />
        )}
      </main>
    </div>
  );
}

/** Where another window had the comparison opened anew, answers to the old one go. */
function useForgetting(runHash: string | null): void {
  const client = useQueryClient();
  const shown = useRef(runHash);
  useEffect(() => {
    if (runHash === null) return;
    if (shown.current !== null && shown.current !== runHash) {
      void client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'status' });
    }
    shown.current = runHash;
  }, [runHash, client]);
}
