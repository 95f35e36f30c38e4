/** What is shown when a page fails: the rest of the studio stays usable. */

import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Problems } from './states.tsx';

/** Browsers have their own words for a part of the page that could not be fetched. */
const NOT_LOADED = /preload|dynamically imported module|importing a module|module script failed/i;

export function Crashed(props: ErrorComponentProps) {
  return (
    <>
      <h1 className="visually-hidden">Not shown</h1>
      <WhatFailed {...props} />
    </>
  );
}

function WhatFailed({ error, reset }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  if (NOT_LOADED.test(message)) {
    return (
      <Problems
        title="This page could not be loaded"
        problems={[
          {
            message: 'The studio does not answer.',
            hint: 'It may have been closed: start it again in the terminal, and open the address that it prints.',
            where: null,
          },
        ]}
        // What was not fetched is not asked for again before the whole page is.
        retry={() => globalThis.location.reload()}
        retryLabel="Load again"
      />
    );
  }
  return (
    <Problems
      title="This page has failed"
      problems={[{ message, hint: null, where: null }]}
      advice={
        <>
          The results are not touched.{' '}
          <Link to="." search={{}}>
            Open this page without filters
          </Link>
          , or another page.
        </>
      }
      retry={reset}
    />
  );
}
