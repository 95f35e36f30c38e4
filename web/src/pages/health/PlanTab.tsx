/** How many cases each slice needs to show a stated drop, and how many to add. */

import { useMemo } from 'react';
import type { SamplingPlan, SamplingRow } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText, rateText } from '../../format/numbers.ts';
import { Slider } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { HEALTH_VIEW } from './health-view.ts';

/** Points of the slider where nothing is asked: three usual margins. */
const USUAL_DROP = 15;

export function PlanTab() {
  const [view, change] = useView(HEALTH_VIEW);
  const drop = shareOf(view.drop, 0.1, 60);
  const churn = shareOf(view.churn, 0, 100);
  const question = useStudio('sampling-plan', { drop, churn });
  return (
    <div className="health-stack">
      <Panel title="What to be able to see">
        <div className="toolbar">
          <Slider
            label="Drop to see"
            value={[drop === null ? USUAL_DROP : 100 * drop]}
            min={1}
            max={40}
            step={0.5}
            format={(points) => (drop === null ? 'three margins' : `${points} points`)}
            onChange={([points = USUAL_DROP]) => change({ drop: String(points) }, { replace: true })}
          />
          <Slider
            label="Cases that flip by chance"
            value={[churn === null ? 10 : 100 * churn]}
            min={0}
            max={40}
            step={1}
            format={(percent) => (churn === null ? 'as observed' : `${percent}%`)}
            onChange={([percent = 10]) => change({ churn: String(percent) }, { replace: true })}
          />
          <button
            type="button"
            className="button"
            disabled={view.drop === '' && view.churn === ''}
            onClick={() => change({ drop: '', churn: '' })}
          >
            As observed
          </button>
        </div>
        <p className="muted">
          Needed are the cases with which the gate's own test sees this drop four times out of five, with the
          share of the block budget that the slice has for itself.
        </p>
      </Panel>
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined ? (
        <Loading height={560} what="Planning" />
      ) : question.data.rows.length + question.data.small.length === 0 ? (
        <Empty title="No gated slice">
          <p>
            Name a dimension to gate with <code>--slice COLUMN</code>.
          </p>
        </Empty>
      ) : (
        <Plan plan={question.data} />
      )}
    </div>
  );
}

function Plan({ plan }: { readonly plan: SamplingPlan }) {
  const [view, change] = useView(HEALTH_VIEW);
  const hasProduction = plan.rows.some(({ production }) => production !== null);
  const columns = useMemo(() => columnsOf(hasProduction), [hasProduction]);
  const lacking = plan.rows.filter(({ lacks }) => (lacks ?? 0) > 0).length;
  const unknown = plan.rows.filter(({ lacks }) => lacks === null).length;
  return (
    <>
      <p role="status">
        <strong>{countOf(plan.toAdd, 'case')} to add</strong> over {countOf(lacking, 'slice')} that cannot see
        this drop yet; {countOf(plan.rows.length - lacking - unknown, 'slice')} can
        {unknown === 0 ? '' : `; of ${countOf(unknown, 'slice')} it is not known`}.
        {plan.assumedChurn === null
          ? ''
          : ` Assumed: ${rateText(plan.assumedChurn)} of the cases flip by chance.`}
      </p>
      <DataTable
        label="Cases that each slice needs"
        rows={plan.rows}
        columns={columns}
        rowId={({ id }) => id}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        footer={[
          `${countOf(plan.rows.length, 'slice')} with at least ${plan.minCases} cases${unknown === 0 ? '' : ', those of unknown power first'}, those that see least first`,
          ...plan.notes,
        ]}
      />
      {plan.small.length === 0 ? null : (
        <Panel title={`Below ${plan.minCases} cases: shown, not gated`}>
          <ul className="health-ids">
            {plan.small.slice(0, 100).map(({ dimension, value, n, lacks }) => (
              <li key={`${dimension}${value}`}>
                <HostileText text={`${dimension} = ${value}`} most={80} />:{' '}
                <span className="muted">
                  {countText(n)}, lacks {countText(lacks)}
                </span>
              </li>
            ))}
          </ul>
          {plan.small.length > 100 ? (
            <p className="muted">{countText(plan.small.length - 100)} more.</p>
          ) : null}
        </Panel>
      )}
      {hasProduction ? null : (
        <p className="muted">
          Shares of production stand here once the logs were read (tab Coverage; inputs.logs in
          slicewise.yaml).
        </p>
      )}
    </>
  );
}

function columnsOf(hasProduction: boolean): readonly Column<SamplingRow>[] {
  return [
    {
      id: 'slice',
      header: 'Slice',
      cell: ({ dimension, value, critical }) => (
        <>
          <HostileText text={`${dimension} = ${value}`} most={100} />
          {critical ? <strong> critical</strong> : null}
        </>
      ),
      sort: ({ dimension, value }) => `${dimension}=${value}`,
      width: 'minmax(11rem, 2fr)',
    },
    {
      id: 'lacks',
      header: 'To add',
      cell: ({ lacks }) =>
        lacks === null ? (
          '–'
        ) : lacks === 0 ? (
          <span className="gain">✓ enough</span>
        ) : (
          <strong>{countText(lacks)}</strong>
        ),
      sort: ({ lacks }) => lacks,
      align: 'right',
      width: '6.5rem',
    },
    {
      id: 'n',
      header: 'Cases',
      cell: ({ n }) => countText(n),
      sort: ({ n }) => n,
      align: 'right',
      width: '6rem',
    },
    {
      id: 'needed',
      header: 'Needed',
      cell: ({ needed }) => (needed === null ? '–' : countText(needed)),
      sort: ({ needed }) => needed,
      align: 'right',
      width: '6rem',
    },
    {
      id: 'power',
      header: 'Chance to see it',
      cell: ({ power }) => rateText(power),
      sort: ({ power }) => power,
      align: 'right',
      width: '8.5rem',
    },
    {
      id: 'mdd',
      header: 'Smallest drop seen',
      cell: ({ minimumDetectableDrop, blind }) => (
        <>
          {minimumDetectableDrop === null ? '–' : `${(100 * minimumDetectableDrop).toFixed(1)} points`}
          {blind === true ? <span className="loss"> blind</span> : null}
        </>
      ),
      sort: ({ minimumDetectableDrop }) => minimumDetectableDrop,
      align: 'right',
      width: '10rem',
    },
    ...(hasProduction
      ? [
          {
            id: 'production',
            header: 'Of production',
            cell: ({ production }: SamplingRow) => rateText(production),
            sort: ({ production }: SamplingRow) => production,
            align: 'right' as const,
            width: '8rem',
          },
        ]
      : []),
  ];
}

/** A typed number of points or percent as a share; null where it is none. */
function shareOf(text: string, least: number, most: number): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) || number < least || number > most
    ? null
    : number / 100;
}
