/** The four questions, and the pages under the one that is open. */

import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useSource } from '../data/hooks.ts';
import { GROUPS, type GroupName, PAGES, type PageEntry } from '../pages.ts';
import { ShortcutHelp } from '../ui/ShortcutHelp.tsx';
import { useShortcuts } from '../ui/shortcuts.tsx';

const NAMES = Object.keys(GROUPS) as readonly GroupName[];
const KEYS: Readonly<Record<GroupName, string>> = { ship: 'g s', where: 'g w', believe: 'g b', work: 'g k' };

/** Two rows of links; the second belongs to the entry that is marked in the first. */
export function Navigation() {
  const { hidden } = useSource();
  const navigate = useNavigate();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const pages = PAGES.filter((page) => !hidden.includes(page.path));
  const groups = NAMES.map((name) => ({ name, pages: pages.filter(({ group }) => group === name) })).filter(
    (group) => group.pages.length > 0,
  );
  const open = pages.find((page) => page.path === path)?.group ?? groups[0]?.name;
  useShortcuts(
    'Everywhere',
    groups.map(({ name, pages: [first] }) => ({
      keys: KEYS[name],
      does: `go to ${GROUPS[name]}`,
      run: () => void navigate({ to: (first as PageEntry).path }),
    })),
  );
  return (
    <nav className="nav" aria-label="Pages">
      <div className="nav-groups">
        <Link className="brand" to="/" aria-label="Slicewise, first page">
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M10 10 L10 1 A9 9 0 1 1 1.5 13 Z" fill="currentColor" opacity=".35" />
            <path d="M8.5 9 L0 12 A9 9 0 0 1 8.5 0 Z" className="brand-slice" />
          </svg>
          <span>Slicewise</span>
        </Link>
        {groups.map(({ name, pages: [first] }) => (
          <Link
            key={name}
            className="nav-group"
            to={(first as PageEntry).path}
            aria-current={name === open ? 'true' : undefined}
          >
            {GROUPS[name]}
          </Link>
        ))}
        <ShortcutHelp />
      </div>
      <div className="nav-pages">
        {(groups.find(({ name }) => name === open)?.pages ?? []).map((page) => (
          <Link
            key={page.path}
            className="nav-page"
            to={page.path}
            aria-current={page.path === path ? 'page' : undefined}
          >
            {page.title}
          </Link>
        ))}
      </div>
    </nav>
  );
}
