/** Can these numbers be believed? Findings one by one, copies, coverage, cases that are needed, labels to look at. */

import { Tabs } from '../../ui/controls.tsx';
import { Page } from '../../ui/Page.tsx';
import { useView } from '../../view.ts';
import { CoverageTab } from './CoverageTab.tsx';
import { HEALTH_VIEW, type HealthTab, TABS } from './health-view.ts';
import { OverlapTab } from './OverlapTab.tsx';
import { PlanTab } from './PlanTab.tsx';
import { SuspectsTab } from './SuspectsTab.tsx';
import { WalkTab } from './WalkTab.tsx';
import './health.css';

const NAMES: Readonly<Record<HealthTab, string>> = {
  walk: 'Walk-through',
  overlap: 'Overlap',
  coverage: 'Coverage',
  plan: 'Sampling plan',
  labels: 'Label suspects',
};

export function HealthPage() {
  const [view, change] = useView(HEALTH_VIEW);
  const tab = TABS.find((name) => name === view.tab) ?? 'walk';
  return (
    <Page
      title="Data health"
      lead="Can these numbers be believed? Data first, then the evaluation, then the model: the families hide each other."
    >
      <Tabs
        label="Views of data health"
        value={tab}
        tabs={TABS.map((name) => ({ value: name, label: NAMES[name], content: contentOf(name) }))}
        onChange={(next) => change({ tab: next, q: '', sort: '', pair: -1 })}
      />
    </Page>
  );
}

function contentOf(name: HealthTab) {
  switch (name) {
    case 'walk':
      return <WalkTab />;
    case 'overlap':
      return <OverlapTab />;
    case 'coverage':
      return <CoverageTab />;
    case 'plan':
      return <PlanTab />;
    case 'labels':
      return <SuspectsTab />;
  }
}
