/** The findings by family, the few that matter most; the rest is on their own page. */

import { Link } from '@tanstack/react-router';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { FAMILIES } from '../findings/families.ts';

const SHOWN = 2;

export function FindingsInShort() {
  const { data, error, refetch } = useStudio('findings', {});
  return (
    <Panel
      title="Findings"
      tools={
        <Link className="button quiet" to="/findings">
          All findings
        </Link>
      }
    >
      {error !== null ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading height={260} what="Reading the findings" />
      ) : (
        <dl className="findings-short">
          {data.families.map(({ kind, open, notCheckable }) => {
            // What the mean did stands beside it.
            const told = open.filter(
              ({ finding: { check, verdict } }) =>
                verdict !== 'PASS' && (check !== 'win-or-noise' || verdict !== null),
            );
            const left = told.length - SHOWN;
            return (
              <div key={kind}>
                <dt>{FAMILIES[kind].name}</dt>
                <dd>
                  {told.length === 0 ? (
                    <p className="muted">
                      Nothing found
                      {notCheckable.length > 0
                        ? `; ${countOf(notCheckable.length, 'check')} could not run`
                        : ''}
                      .
                    </p>
                  ) : null}
                  {told.slice(0, SHOWN).map(({ id, finding }) => (
                    <div key={id} className="finding-short">
                      <p>
                        {finding.verdict === null ? null : <VerdictBadge verdict={finding.verdict} />}{' '}
                        <HostileText sentence text={finding.reason} most={240} />
                      </p>
                      {finding.remedy === null ? null : (
                        <p className="muted">
                          To do: <HostileText sentence text={finding.remedy} most={240} />
                        </p>
                      )}
                    </div>
                  ))}
                  {left > 0 ? (
                    <p>
                      <Link to="/findings" search={{ family: kind } as never}>
                        {countText(left)} more
                      </Link>
                    </p>
                  ) : null}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </Panel>
  );
}
