/** From a slice to its cases. */

import { Link } from '@tanstack/react-router';

/** A link to the cases of a slice, or to those that it lost or gained. */
export function CasesLink({
  id,
  label,
  flip,
}: {
  readonly id: string;
  readonly label: string;
  readonly flip?: 'lost' | 'gained';
}) {
  return (
    <Link
      className="button"
      to="/cases"
      search={{ slice: id, ...(flip === undefined ? {} : { flip }) } as never}
    >
      {label}
    </Link>
  );
}
