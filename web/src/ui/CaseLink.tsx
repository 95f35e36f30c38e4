/** A link to one case; its id as text where this file has no page of cases. */

import { Link } from '@tanstack/react-router';
import { useSource } from '../data/hooks.ts';
import { PAGES } from '../pages.ts';
import { HostileText } from './HostileText.tsx';

export function CaseLink({ id }: { readonly id: string }) {
  const { hidden } = useSource();
  const name = <HostileText text={id} most={120} />;
  if (hidden.includes('/cases') || !PAGES.some(({ path }) => path === '/cases')) return <code>{name}</code>;
  return (
    <Link to="/cases" search={{ case: id } as never}>
      {name}
    </Link>
  );
}
