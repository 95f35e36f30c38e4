/** Which classes got better or worse, what they are confused with, how far probabilities hold, and what trivial answers reach. */

import type { ClassOverview } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { Tabs } from '../../ui/controls.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Page } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { BaselinesTab } from './BaselinesTab.tsx';
import { CalibrationTab } from './CalibrationTab.tsx';
import { ConfusionTab } from './ConfusionTab.tsx';
import { CurvesTab } from './CurvesTab.tsx';
import { CLASSES_VIEW, type ClassesTab, TABS } from './classes-view.ts';
import { ReportTab } from './ReportTab.tsx';
import { SliceChooser } from './SliceChooser.tsx';
import { ThresholdTab } from './ThresholdTab.tsx';
import './classes.css';
import { Missing } from './Missing.tsx';

const NAMES: Readonly<Record<ClassesTab, string>> = {
  report: 'Report',
  confusion: 'Confusion',
  calibration: 'Calibration',
  thresholds: 'Thresholds',
  curves: 'ROC & PR',
  baselines: 'Baselines',
};

/** Tabs that are about probabilities; the others are about answers. */
const OF_PROBABILITIES: ReadonlySet<ClassesTab> = new Set(['calibration', 'thresholds', 'curves']);

/** What every tab is handed. */
export interface TabProps {
  readonly overview: ClassOverview;
  /** Null for all cases. */
  readonly slice: string | null;
}

export function ClassesPage() {
  const question = useStudio('classes', {});
  return (
    <Page
      title="Classes"
      lead="Which class got better or worse, what is it taken for, and how far can its probabilities be believed?"
    >
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined ? (
        <Loading height={720} what="Reading the classes" />
      ) : (
        <ClassesView overview={question.data} />
      )}
    </Page>
  );
}

function ClassesView({ overview }: { readonly overview: ClassOverview }) {
  const [view, change] = useView(CLASSES_VIEW);
  const tab = TABS.find((name) => name === view.tab) ?? 'report';
  const slice = view.slice === '' ? null : view.slice;
  const content = (name: ClassesTab) => {
    const why = OF_PROBABILITIES.has(name) ? overview.probabilities : overview.classes;
    if (!why.possible && name !== 'baselines')
      return <Missing title={`${NAMES[name]}: nothing to show yet`} why={why} />;
    const own = { overview, slice };
    switch (name) {
      case 'report':
        return <ReportTab {...own} />;
      case 'confusion':
        return <ConfusionTab {...own} />;
      case 'calibration':
        return <CalibrationTab {...own} />;
      case 'thresholds':
        return <ThresholdTab {...own} />;
      case 'curves':
        return <CurvesTab {...own} />;
      case 'baselines':
        return <BaselinesTab />;
    }
  };
  return (
    <>
      {overview.classes.possible ? (
        <div className="toolbar">
          <SliceChooser
            slices={overview.slices}
            value={view.slice}
            onChange={(next) => change({ slice: next, cell: '' })}
          />
          <p className="muted classes-facts">
            {countOf(overview.labels, 'class', 'classes')}
            {overview.multiLabel ? ', several to a case' : ''}; true labels in{' '}
            <HostileText text={overview.columns.expected ?? '–'} />
            {overview.severalTrials > 0
              ? `; ${countOf(overview.severalTrials, 'case')} with several trials, of which the first answers`
              : ''}
          </p>
        </div>
      ) : null}
      <Tabs
        label="Views of the classes"
        value={tab}
        tabs={TABS.map((name) => ({ value: name, label: NAMES[name], content: content(name) }))}
        onChange={(next) => change({ tab: next, cell: '', sort: '' })}
      />
    </>
  );
}
