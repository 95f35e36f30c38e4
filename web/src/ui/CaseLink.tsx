/** A link to one case: the page of cases is in every studio and every file. */

import { Link } from '@tanstack/react-router';
import { HostileText } from './HostileText.tsx';

export function CaseLink({ id }: { readonly id: string }) {
  return (
    <Link to="/cases" search={{ case: id } as never}>
      <HostileText text={id} most={120} />
    </Link>
  );
}
