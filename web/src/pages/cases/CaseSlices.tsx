/** The slices that a case belongs to, with what was decided about each. */

import { Link } from '@tanstack/react-router';
import type { Verdict } from '../../../../src/findings/index.ts';
import type { CaseAnswer } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';

const STATES = {
  missing: '(missing)',
  untagged: '(untagged)',
  changed: '(differs between the runs)',
} as const;

export function CaseSlices({ answer: { slices, hasBaseline } }: { readonly answer: CaseAnswer }) {
  if (slices.length === 0)
    return <p className="muted">This comparison has no dimension to cut its cases by.</p>;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">Slice</th>
          <th scope="col">Verdict</th>
          <th scope="col" className="number">
            n
          </th>
          {hasBaseline ? (
            <th scope="col" className="number">
              lost, gained
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {slices.map(({ id, dimension, value, state, role, verdict, n, lost, gained }) => {
          const name = (
            <HostileText text={`${dimension}: ${state === 'value' ? value : STATES[state]}`} most={80} />
          );
          return (
            <tr key={`${dimension} ${state} ${value}`}>
              <td>
                {id === null ? (
                  name
                ) : (
                  <Link to="/slices" search={{ slice: id } as never}>
                    {name}
                  </Link>
                )}
              </td>
              <td>
                {role === 'gated' ? (
                  <VerdictBadge verdict={verdict as Verdict | null} />
                ) : (
                  <span className="muted">not gated</span>
                )}
              </td>
              <td className="number">{n === null ? '–' : countText(n)}</td>
              {hasBaseline ? (
                <td className="number">
                  {lost === null || gained === null ? '–' : `${countText(lost)}, ${countText(gained)}`}
                </td>
              ) : null}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
