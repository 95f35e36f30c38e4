/** An address without a page. */

import { Link } from '@tanstack/react-router';

export function NotFound() {
  return (
    <div className="state">
      <h1>There is no such page</h1>
      <p>
        The address may be from another version. <Link to="/">Go to the first page</Link>
      </p>
    </div>
  );
}
