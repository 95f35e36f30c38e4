/** The classification report: what hides behind the headline, every class before and after, and where the cases went. */

import { useMemo, useRef } from 'react';
import type { ClassReport } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText, pValueText } from '../../format/numbers.ts';
import { SearchBox, Segmented } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { useView } from '../../view.ts';
import type { TabProps } from './ClassesPage.tsx';
import { ClassFigure } from './ClassFigure.tsx';
import { CLASSES_VIEW } from './classes-view.ts';
import { Headline } from './Headline.tsx';
import { type ClassMetric, type ClassRow, classRows, METRICS } from './report-rows.ts';

const METRIC_NAMES: Readonly<Record<ClassMetric, string>> = {
  recall: 'Recall',
  precision: 'Precision',
  f1: 'F1',
  specificity: 'Specificity',
};

/** The mark of a class whose recall is below the floor, by what the check decides about it. */
const BREACHES = {
  BLOCK: { tone: 'loss', text: '■ below the floor' },
  REVIEW: { tone: 'loss', text: '◆ probably below the floor' },
  DEBT: { tone: 'muted', text: '§ below the floor, as before' },
} as const;

/** Columns that a narrow table leaves to the picture below, with the pixels from which on they are shown. */
const WIDE_COLUMNS: Readonly<Record<string, number>> = { before: 980, after: 620, p: 760, trained: 1080 };

export function ReportTab({ overview, slice }: TabProps) {
  const question = useStudio('class-report', { slice });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={900} what="Measuring the classes" />;
  return <Report report={question.data} overview={overview} />;
}

function Report({ report, overview }: { readonly report: ClassReport } & Pick<TabProps, 'overview'>) {
  const [view, change] = useView(CLASSES_VIEW);
  const metric = METRICS.find((one) => one === view.metric) ?? 'recall';
  const rows = useMemo(() => classRows(report, metric), [report, metric]);
  const shown = useMemo(() => {
    const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
    return rows.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  }, [rows, view.q]);
  const compared = report.figures.pairing !== 'single run';
  const hasTraining = report.training !== null;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const columns = useMemo(
    () =>
      columnsOf({
        compared,
        hasTraining,
        minCases: overview.minCases,
        metric: METRIC_NAMES[metric],
        isNarrow: width < 480,
      }).filter(({ id }) => width === 0 || width >= (WIDE_COLUMNS[id] ?? 0)),
    [compared, hasTraining, overview.minCases, metric, width],
  );
  return (
    <div ref={place} className="classes-stack">
      {report.banners.map((banner) => (
        <p key={banner} className="classes-banner">
          <span aria-hidden="true">▲ </span>
          <HostileText text={banner} />
        </p>
      ))}
      <Headline report={report} />
      <Panel
        title="Every class"
        tools={
          <>
            <SearchBox
              label="Search classes"
              value={view.q}
              onChange={(q) => change({ q }, { replace: true })}
            />
            <Segmented
              label="Metric"
              value={metric}
              choices={METRICS.map((value) => ({ value, label: METRIC_NAMES[value] }))}
              onChange={(next) => change({ metric: next })}
            />
          </>
        }
      >
        <DataTable
          label={`${METRIC_NAMES[metric]} of each class, ${report.name}`}
          rows={shown}
          columns={columns}
          rowId={({ label }) => `class ${label}`}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          onOpen={({ label }) => change({ tab: 'confusion', q: label, cell: '', sort: '' })}
          empty={
            <>
              No class has these words.{' '}
              <button type="button" className="button" onClick={() => change({ q: '' })}>
                Show all {countText(rows.length)}
              </button>
            </>
          }
          footer={footerOf(report, rows, shown, overview.minCases)}
        />
      </Panel>
      <ClassFigure report={report} rows={shown} metric={METRIC_NAMES[metric]} />
    </div>
  );
}

function columnsOf({
  compared,
  hasTraining,
  minCases,
  metric,
  isNarrow,
}: {
  readonly compared: boolean;
  readonly hasTraining: boolean;
  readonly minCases: number;
  readonly metric: string;
  readonly isNarrow: boolean;
}): readonly Column<ClassRow>[] {
  return [
    {
      id: 'class',
      header: 'Class',
      cell: ({ label, breach }) => (
        <>
          <HostileText text={label} most={120} />
          {breach === null ? null : <span className={BREACHES[breach].tone}> {BREACHES[breach].text}</span>}
        </>
      ),
      sort: ({ label }) => label,
      width: isNarrow ? 'minmax(6rem, 1fr)' : 'minmax(9rem, 1.4fr)',
    },
    {
      id: 'n',
      header: 'Cases',
      cell: ({ support }) => (
        <>
          {countText(support)}
          {support < minCases && !isNarrow ? <span className="muted"> small</span> : null}
        </>
      ),
      sort: ({ support }) => support,
      align: 'right',
      width: isNarrow ? '4.2rem' : '6.5rem',
    },
    ...(compared
      ? [
          {
            id: 'before',
            header: `${metric} before`,
            cell: ({ value }: ClassRow) => <EstimateText of={value.baseline} />,
            sort: ({ value }: ClassRow) => value.baseline?.estimate ?? null,
            width: 'minmax(13rem, 1fr)',
          },
        ]
      : []),
    {
      id: 'after',
      header: compared ? `${metric} after` : metric,
      cell: ({ value }) => <EstimateText of={value.candidate} />,
      sort: ({ value }) => value.candidate.estimate,
      width: 'minmax(13rem, 1fr)',
    },
    ...(compared
      ? [
          {
            id: 'delta',
            header: 'Difference',
            cell: ({ value }: ClassRow) => <DeltaText of={value.delta} />,
            sort: ({ value }: ClassRow) => value.delta?.estimate ?? null,
            width: 'minmax(10.5rem, 0.8fr)',
          },
          {
            id: 'p',
            header: 'p (Holm)',
            cell: ({ value, adjusted }: ClassRow) => (
              <span title={`unadjusted p ${pValueText(value.pValue)}`}>{pValueText(adjusted)}</span>
            ),
            sort: ({ adjusted }: ClassRow) => adjusted,
            align: 'right' as const,
            width: '6rem',
          },
        ]
      : []),
    ...(hasTraining
      ? [
          {
            id: 'trained',
            header: 'Training rows',
            cell: ({ trained }: ClassRow) => countText(trained ?? 0),
            sort: ({ trained }: ClassRow) => trained,
            align: 'right' as const,
            width: '7.5rem',
          },
        ]
      : []),
  ];
}

function footerOf(
  { figures }: ClassReport,
  rows: readonly ClassRow[],
  shown: readonly ClassRow[],
  minCases: number,
): readonly string[] {
  const real = rows.filter(({ support }) => support > 0);
  const small = real.filter(({ support }) => support < minCases);
  const sum = (of: readonly ClassRow[]) => of.reduce((all, { support }) => all + support, 0);
  return [
    `${countOf(real.length, 'class', 'classes')} with cases${rows.length > real.length ? `, ${countText(rows.length - real.length)} only answered` : ''}; ${countText(shown.length)} shown`,
    figures.multiLabel
      ? `${countOf(figures.n, 'case')}, each with several labels`
      : `${countText(sum(real))} cases in all classes = ${countText(figures.n)} compared cases`,
    `${countOf(small.length, 'class', 'classes')} below ${minCases} cases (${countOf(sum(small), 'case')}): shown, too small to prove a change alone`,
  ];
}
