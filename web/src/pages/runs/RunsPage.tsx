/** Recorded runs: the table, slices over time, runs side by side, experiments. */

import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { Tabs } from '../../ui/controls.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { CompareTab } from './CompareTab.tsx';
import { ExperimentsTab } from './ExperimentsTab.tsx';
import { OpenRun } from './OpenRun.tsx';
import { RunsTable } from './RunsTable.tsx';
import { RUNS_VIEW } from './runs-view.ts';
import { TrendTab } from './TrendTab.tsx';
import './runs.css';

const TABS = ['runs', 'trend', 'compare', 'experiments'] as const;
type TabName = (typeof TABS)[number];

export function RunsPage() {
  const [view, change] = useView(RUNS_VIEW);
  const tab = TABS.find((name) => name === view.tab) ?? 'runs';
  const go = (next: TabName) => change({ tab: next, sort: '', open: '' });
  const enough = view.chosen.length >= 2;
  useShortcuts('Runs', [
    ...TABS.map((name, i) => ({ keys: String(i + 1), does: `show ${name}`, run: () => go(name) })),
    { keys: 'x', does: 'compare the chosen runs', run: () => enough && go('compare') },
  ]);
  return (
    <Page
      title="Runs"
      lead="Every gate that the ledger remembers: how slices moved, and what their scores rest on."
      tools={
        <>
          {view.chosen.length === 0 ? null : (
            <button type="button" className="button quiet" onClick={() => change({ chosen: [] })}>
              Untick all
            </button>
          )}
          <button type="button" className="button" disabled={!enough} onClick={() => go('compare')}>
            {enough ? `Compare ${countOf(view.chosen.length, 'run')}` : 'Tick two runs to compare'}
          </button>
        </>
      }
    >
      <Panel>
        <Tabs
          label="Runs"
          value={tab}
          onChange={go}
          tabs={[
            { value: 'runs', label: 'Runs', content: <RunsTab /> },
            { value: 'trend', label: 'Trend', content: <TrendTab /> },
            { value: 'compare', label: 'Compare', content: <CompareTab /> },
            { value: 'experiments', label: 'Experiments', content: <ExperimentsTab /> },
          ]}
        />
      </Panel>
    </Page>
  );
}

function RunsTab() {
  const [view, change] = useView(RUNS_VIEW);
  const { data, error, refetch } = useStudio('runs', {});
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="Reading the ledger" height={420} />;
  if (data.state === 'no ledger') {
    return (
      <Empty title="Nothing is remembered yet">
        <p>{data.hint}</p>
      </Empty>
    );
  }
  return (
    <>
      <RunsTable
        answer={data}
        sort={view.sort}
        chosen={view.chosen}
        open={view.open}
        onSort={(sort) => change({ sort }, { replace: true })}
        onChoose={(chosen) => change({ chosen }, { replace: true })}
        onOpen={(open) => change({ open })}
      />
      <OpenRun
        run={data.runs.find(({ id }) => id === view.open) ?? null}
        onClose={() => change({ open: '' })}
      />
    </>
  );
}
