/** All cases from every side: filters that meet, two dimensions crossed, the error tree, what was found, the map of inputs. */

import { visible } from '../../../../src/reports/format/visible.ts';
import { Select, Tabs } from '../../ui/controls.tsx';
import { Page } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { AssociationsView } from './AssociationsView.tsx';
import { CrossFilter, type ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW, shownOf } from './explore-view.ts';
import { FoundView } from './FoundView.tsx';
import { HeatmapView } from './HeatmapView.tsx';
import { MapView } from './MapView.tsx';
import { TreeView } from './TreeView.tsx';
import { useDimensions } from './use-dimensions.ts';
import { useFilter } from './use-filter.ts';
import './explore.css';

export function ExplorePage() {
  const [view, change] = useView(EXPLORE_VIEW);
  const state = useFilter();
  const { dimensions, data, scope } = useDimensions(view.metric, view.where);
  const tools =
    data === undefined || data.metrics.length < 2 ? null : (
      <Select
        label="Metric"
        value={data.metric.id}
        choices={data.metrics.map((id) => ({ value: id, label: visible(id) }))}
        onChange={(metric) => change({ metric })}
      />
    );
  return (
    <Page title="Explore" lead="Which cases changed, and what do they have in common?" tools={tools}>
      {dimensions.error !== null ? (
        <>
          <Failed error={dimensions.error} retry={() => void dimensions.refetch()} />
          {view.where === '' ? null : (
            <div className="toolbar">
              <button type="button" className="button" onClick={() => change({ where: '', choose: [] })}>
                Clear the condition
              </button>
            </div>
          )}
        </>
      ) : data === undefined ? (
        <Loading height={900} what="Reading all cases" />
      ) : data.cases === 0 || data.dimensions.length === 0 ? (
        <Empty title={data.cases === 0 ? 'No case has a value' : 'Nothing to cross'}>
          <p>
            {data.cases === 0
              ? 'No case of this comparison has a value of the metric in every run. Choose another metric, or look at the data health page.'
              : 'The results have no column that cuts the cases. Add columns such as segment, language or source.'}
          </p>
        </Empty>
      ) : (
        <ExploreTabs
          tab={view.tab}
          onTab={(tab) => change({ tab })}
          view={{ dimensions: data, scope, state, show: shownOf(view.show, data.paired) }}
        />
      )}
    </Page>
  );
}

function ExploreTabs({
  tab,
  onTab,
  view,
}: {
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly view: ExploreTabProps;
}) {
  return (
    <Tabs
      label="Views"
      value={tab}
      onChange={onTab}
      tabs={[
        { value: 'filter', label: 'Cross-filter', content: <CrossFilter {...view} /> },
        { value: 'heatmap', label: 'Heatmap', content: <HeatmapView {...view} /> },
        { value: 'associations', label: 'Associations', content: <AssociationsView {...view} /> },
        { value: 'tree', label: 'Error tree', content: <TreeView {...view} /> },
        { value: 'found', label: 'Found slices', content: <FoundView {...view} /> },
        { value: 'map', label: 'Map', content: <MapView {...view} /> },
      ]}
    />
  );
}
