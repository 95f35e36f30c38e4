/** An address without a page. */

import { Link, useRouterState } from '@tanstack/react-router';
import { useSource } from '../data/hooks.ts';
import { PAGES } from '../pages.ts';

export function NotFound() {
  const { hidden } = useSource();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const page = PAGES.find((one) => one.path === path && hidden.includes(path));
  return (
    <div className="state">
      <h1>{page === undefined ? 'There is no such page' : `${page.title} is not in this file`}</h1>
      <p>
        {page === undefined
          ? 'The address may be from another version. '
          : 'It needs the results themselves: open them with slicewise studio. '}
        <Link to="/">Go to the first page</Link>
      </p>
    </div>
  );
}
