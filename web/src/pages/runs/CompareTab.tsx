/** Two or more recorded gates side by side. */

import type { ComparedSlice, CompareRunsAnswer, RunRow } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { useView } from '../../view.ts';
import { MOST_CHOSEN } from './RunsTable.tsx';
import { RUNS_VIEW, shortPrint, sliceText, timeText } from './runs-view.ts';

type Recorded = Extract<CompareRunsAnswer, { state: 'recorded' }>;

export function CompareTab() {
  const [view] = useView(RUNS_VIEW);
  const gates = [...new Set(view.chosen)].slice(0, MOST_CHOSEN);
  const enough = gates.length >= 2;
  const { data, error, refetch } = useStudio('compare-runs', { gates }, { enabled: enough });
  if (!enough) {
    return (
      <Empty title="Choose two runs or more">
        <p>
          Tick them in the table of runs, up to {MOST_CHOSEN}. The first that you tick is what the others are
          compared with.
        </p>
      </Empty>
    );
  }
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="Comparing runs" height={560} />;
  if (data.state === 'no ledger') return <Empty title="No runs">{data.hint}</Empty>;
  return <Compared answer={data} />;
}

function Compared({ answer }: { readonly answer: Recorded }) {
  const [view, change] = useView(RUNS_VIEW);
  const { runs, slices, blocked } = answer;
  const columns = [sliceColumn(), ...runs.map((run, at) => runColumn(run, at))];
  return (
    <div className="compared">
      <section aria-label="What the scores rest on">
        <h2>May they be compared?</h2>
        <Comparabilities answer={answer} />
        {blocked.map((why, i) =>
          why === null ? null : (
            <p key={runs[i]!.id} className="loss">
              Run {i + 1}: {why}.
            </p>
          ),
        )}
      </section>
      <DataTable
        label="Slices in every run"
        rows={slices}
        columns={columns}
        rowId={({ metric, sliceId }) => `${metric} ${sliceId}`}
        rowHeight={54}
        sort={view.sort}
        onSort={(sort) => change({ sort }, { replace: true })}
        footer={[
          `${countOf(slices.length, 'slice')}. Below each rate: its difference from run 1. "case by case" where a gate compared these very results; else from the two intervals alone, which is wider.`,
        ]}
      />
    </div>
  );
}

function Comparabilities({ answer: { runs, comparability } }: { readonly answer: Recorded }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll-x" aria-label="Fingerprints" tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Rests on</th>
            <th scope="col">Reads</th>
            {runs.map((run, i) => (
              <th scope="col" key={run.id}>
                Run {i + 1}, {timeText(run.at)} <VerdictBadge verdict={run.verdict} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparability.map(({ what, values, state, isInstrument }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className={state === 'differs' && isInstrument ? 'loss' : undefined}>
                {state === 'same' ? '= same' : state === 'differs' ? '≠ differs' : '? not told'}
                {state === 'differs' && isInstrument ? ': not comparable' : ''}
              </td>
              {values.map((value, i) => (
                <td key={runs[i]!.id}>
                  {value.length === 0 ? (
                    <span className="muted">not told</span>
                  ) : (
                    <HostileText text={value.map(shortPrint).join(', ')} most={80} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function sliceColumn(): Column<ComparedSlice> {
  return {
    ...{ id: 'slice', header: 'Slice', width: 'minmax(11rem, 1.4fr)' },
    sort: (slice) => sliceText(slice),
    cell: (slice) => (
      <>
        <HostileText text={sliceText(slice)} most={80} />
        <br />
        <span className="muted">
          <HostileText text={slice.metric} most={60} />
        </span>
      </>
    ),
  };
}

function runColumn(run: RunRow, at: number): Column<ComparedSlice> {
  return {
    ...{ id: `run${at}`, header: `Run ${at + 1}`, width: 'minmax(15rem, 1fr)', align: 'right' },
    sort: ({ cells, changes }) => changes[at]?.change.estimate ?? cells[at]?.after?.estimate ?? null,
    cell: ({ cells, changes, isRate, direction }) => {
      const cell = cells[at];
      const change = changes[at];
      if (!cell) return <span className="muted">not in this run</span>;
      return (
        <>
          <EstimateText of={cell.after} unit={isRate ? 'rate' : 'number'} />
          <br />
          {change ? (
            <>
              <DeltaText
                of={change.change}
                unit={isRate ? 'rate' : 'number'}
                higherIsBetter={direction === 'higher'}
              />{' '}
              <span className="muted">{change.basis === 'recorded' ? 'case by case' : 'unpaired'}</span>
            </>
          ) : (
            <span className="muted">{at === 0 ? timeText(run.at) : 'no difference told'}</span>
          )}
        </>
      );
    },
  };
}
