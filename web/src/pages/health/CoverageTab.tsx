/** What the eval set covers: cases by slice, splits by kind of shift, and production beside it. */

import * as Plot from '@observablehq/plot';
import { useMemo, useState } from 'react';
import type {
  Coverage,
  CoverageDimension,
  LogAudit,
  ShiftCoverage,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Select } from '../../ui/controls.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { HEALTH_VIEW } from './health-view.ts';
import { JobState, whileRunning } from './JobState.tsx';
import { MissingList } from './MissingList.tsx';
import { PRODUCTION_COLUMNS } from './production-columns.tsx';

export function CoverageTab() {
  const question = useStudio('coverage', {});
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={720} what="Counting the cases" />;
  return <CoverageView coverage={question.data} />;
}

function CoverageView({ coverage }: { readonly coverage: Coverage }) {
  const [view, change] = useView(HEALTH_VIEW);
  const [started, setStarted] = useState(false);
  const logs = useStudio('log-audit', { start: started }, { again: whileRunning });
  const { dimensions, shifts, missing, minCases } = coverage;
  const chosen = dimensions.find(({ dimension }) => dimension === view.dimension) ?? dimensions[0];
  return (
    <div className="health-stack">
      {chosen === undefined ? (
        <Empty title="No dimension to look at">
          <p>
            Name one with <code>--slice COLUMN</code>, or add a <code>segment</code> column.
          </p>
        </Empty>
      ) : (
        <>
          <div className="toolbar">
            <Select
              label="Dimension"
              value={chosen.dimension}
              choices={dimensions.map(({ dimension, gated, small }) => ({
                value: dimension,
                label: `${shortened(dimension, 50)}${gated ? ', gated' : ''}${small > 0 ? `, ${small} small` : ''}`,
              }))}
              onChange={(dimension) => change({ dimension })}
            />
          </div>
          <DimensionFigure dimension={chosen} minCases={minCases} />
        </>
      )}
      {shifts.map((shift) => (
        <ShiftPanel key={`${shift.column}${shift.shift}`} shift={shift} />
      ))}
      <Panel title="Production beside the eval set">
        <JobState
          question={logs}
          onStart={() => setStarted(true)}
          what="Read the logs"
          cost="The named logs are read once and counted by slice; nothing is written."
          height={120}
        >
          {(audit) => <Audit audit={audit} />}
        </JobState>
      </Panel>
      <MissingList missing={missing} />
    </div>
  );
}

/** Slices that are drawn, the smallest; the table holds all that came. */
const MOST_DRAWN = 40;

function DimensionFigure({
  dimension,
  minCases,
}: {
  readonly dimension: CoverageDimension;
  readonly minCases: number;
}) {
  const { slices, small, smallCases, withoutValue, total, overlapping } = dimension;
  const drawn = slices.slice(0, MOST_DRAWN);
  const options = useMemo((): Plot.PlotOptions => {
    const names = new Map(drawn.map(({ value }, at) => [value, `${at} ${value}`]));
    return {
      marginLeft: 160,
      marginRight: 50,
      x: { label: 'cases', grid: true },
      y: {
        domain: drawn.map(({ value }) => names.get(value)!),
        label: null,
        tickFormat: (name: string) => shortened(name.slice(name.indexOf(' ') + 1), 22),
        tickSize: 0,
      },
      marks: [
        Plot.barX(drawn, {
          y: ({ value }) => names.get(value),
          x: 'cases',
          fill: ({ small: isSmall }) => (isSmall ? 'none' : 'var(--after)'),
          stroke: ({ small: isSmall }) => (isSmall ? 'var(--mark)' : 'var(--after)'),
          fillOpacity: 0.6,
          insetTop: 2,
          insetBottom: 2,
        }),
        Plot.text(drawn, {
          y: ({ value }) => names.get(value),
          x: 'cases',
          text: ({ cases }) => countText(cases),
          textAnchor: 'start',
          dx: 4,
          fill: 'var(--ink)',
        }),
        Plot.ruleX([minCases], { stroke: 'var(--mark)', strokeDasharray: '4 3' }),
      ],
    };
  }, [drawn, minCases]);
  return (
    <Figure
      title={`Cases by ${dimension.dimension}${slices.length > drawn.length ? `, the ${drawn.length} smallest of ${countText(slices.length)}` : ''}`}
      caption={`The dashed line is ${minCases} cases, below which a slice is not gated; such bars are empty. ${countOf(small, 'slice')} below (${countOf(smallCases, 'case')}), ${countOf(withoutValue, 'case')} without a value or with several, ${countOf(total, 'case')} in all${overlapping ? '; a case may be in several slices, so that they add up to more' : ''}.`}
      table={() => ({
        columns: ['slice', 'cases', 'small'],
        rows: slices.map(({ value, cases, small: isSmall }) => [value, cases, isSmall ? 'yes' : '']),
      })}
    >
      <PlotPicture
        alt={`Cases by slice; the smallest is ${drawn[0]?.value ?? 'none'} with ${countText(drawn[0]?.cases ?? 0)}, ${countOf(small, 'slice')} below ${minCases}.`}
        height={50 + drawn.length * 22}
        options={options}
      />
    </Figure>
  );
}

function ShiftPanel({ shift }: { readonly shift: ShiftCoverage }) {
  const { column, splits, inDomain, next, small } = shift;
  return (
    <Panel title={`Splits of ${shortened(column, 60)}: ${shortened(shift.shift, 60)}`}>
      <p>
        In-domain <EstimateText of={inDomain} />. The next unseen split is expected to drop by{' '}
        <DeltaText of={next} higherIsBetter={false} /> points
        {next.estimate === null ? `: ${next.reason ?? 'unknown'}` : ''}.
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Split</th>
            <th scope="col">Rate</th>
            <th scope="col">Drop</th>
          </tr>
        </thead>
        <tbody>
          {splits.map(({ name, rate, drop, belowFloor }) => (
            <tr key={name}>
              <th scope="row">
                <HostileText text={name} most={100} />
                {belowFloor ? <span className="loss"> ■ below the floor</span> : null}
              </th>
              <td>
                <EstimateText of={rate} />
              </td>
              <td>
                <DeltaText of={drop} higherIsBetter={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {small.length === 0 ? null : (
        <p className="muted">
          Too small to count: <HostileText text={small.join(', ')} most={300} />
        </p>
      )}
    </Panel>
  );
}

function Audit({ audit }: { readonly audit: LogAudit }) {
  return (
    <>
      <p>
        <HostileText text={audit.headline} />{' '}
        <span className="muted">{countOf(audit.rows, 'row')} of logs.</span>
      </p>
      <ul>
        {audit.findings.map(({ kind, text }) => (
          <li key={text}>
            {kind === 'alarm' ? <span className="loss">▲ alarm: </span> : null}
            <HostileText text={text} />
          </li>
        ))}
      </ul>
      {audit.uncovered === null ? null : (
        <p>
          Without a near case in the eval set: <EstimateText of={audit.uncovered} /> of production.
        </p>
      )}
      {audit.notes.map((note) => (
        <p key={note} className="muted">
          <HostileText text={note} />
        </p>
      ))}
      {audit.dimensions.map(({ dimension, reason, rows, moreRows, missing }) => (
        <section key={dimension}>
          <h3>
            <HostileText text={dimension} most={80} />
          </h3>
          {reason === null ? (
            <DataTable
              label={`Production and eval set by ${dimension}`}
              rows={rows}
              columns={PRODUCTION_COLUMNS}
              rowId={({ value }) => value}
              maxHeight={360}
              footer={[
                `${countOf(rows.length, 'slice')}${moreRows > 0 ? ` and ${countText(moreRows)} more with less production` : ''}; ${countOf(missing, 'row')} of logs without a value`,
              ]}
            />
          ) : (
            <p className="muted">
              <HostileText text={reason} />
            </p>
          )}
        </section>
      ))}
    </>
  );
}
