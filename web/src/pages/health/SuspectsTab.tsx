/** Labels that every run and a text model contradict: suspects for a person to read, not errors. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { LabelSuspect, LabelSuspects } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { CaseLink } from '../../ui/CaseLink.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useView } from '../../view.ts';
import { QueueThese } from '../queues/QueueThese.tsx';
import { HEALTH_VIEW } from './health-view.ts';
import { JobState, whileRunning } from './JobState.tsx';

export function SuspectsTab() {
  const [started, setStarted] = useState(false);
  const question = useStudio('label-suspects', { start: started }, { again: whileRunning });
  return (
    <Panel title="Label suspects, not errors">
      <p className="muted">
        A case is a suspect where every run gives one and the same other answer, and a text model that never
        saw the case gives it too. They may all be wrong in the same way: read each one before a label is
        changed.
      </p>
      <p className="muted">
        Texts that are repeated with different labels are on their own list:{' '}
        <Link to="/health" search={{ tab: 'overlap', side: 'self', conflicts: true } as never}>
          repeated texts with other labels
        </Link>
        .
      </p>
      <JobState
        question={question}
        onStart={() => setStarted(true)}
        what="Look for suspects"
        cost="A text model is fitted five times, each time on four fifths of the cases: about two seconds for three thousand short texts. Nothing is written."
        height={480}
      >
        {(found) => <Suspects found={found} />}
      </JobState>
    </Panel>
  );
}

function Suspects({ found }: { readonly found: LabelSuspects }) {
  const [view, change] = useView(HEALTH_VIEW);
  const open = found.suspects.find(({ caseId }) => caseId === view.suspect) ?? null;
  return (
    <>
      <DataTable
        label="Label suspects"
        rows={found.suspects}
        columns={COLUMNS}
        rowId={({ caseId }) => caseId}
        selected={open?.caseId ?? null}
        onOpen={({ caseId }) => change({ suspect: caseId })}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        empty="No label is contradicted by everything at once."
        footer={[
          `${countOf(found.total, 'suspect')} of ${countOf(found.compared, 'case')}; ${countText(found.suspects.length)} listed, surest first`,
          `In ${countOf(found.runsAgree, 'case')} ${found.runs === 1 ? 'the run contradicts' : 'both runs contradict'} the label with one answer; the text model agrees in ${countText(found.total)}`,
          `${countOf(found.leftOut, 'case')} of ${countText(found.cases)} without a text or a label, or beyond the limit, were not looked at`,
        ]}
      />
      <p className="muted">
        By the labels the text model is right in <EstimateText of={found.modelAccuracy} />, out of{' '}
        {found.folds} folds.
      </p>
      <QueueThese
        caseIds={found.suspects.map(({ caseId }) => caseId)}
        why="label suspect: every run and a text model contradict the label"
      />
      {open === null ? null : (
        <Sheet
          title="A label to look at"
          open
          place="side"
          onOpenChange={(isOpen) => {
            if (!isOpen) change({ suspect: '' });
          }}
        >
          <p>
            <CaseLink id={open.caseId} />
          </p>
          <dl className="health-suspect">
            <dt>Label</dt>
            <dd>
              <HostileText text={open.label} />{' '}
              <span className="muted">the text model gives it {percent(open.modelLabel)}</span>
            </dd>
            <dt>All answer</dt>
            <dd>
              <HostileText text={open.instead} />{' '}
              <span className="muted">the text model gives it {percent(open.modelAnswer)}</span>
            </dd>
          </dl>
          {open.text === null ? null : <HostileText text={open.text.text} block />}
          <p className="muted">
            Open the case to tag it as mislabelled, ambiguous or fine; a tag is a person's, and is kept in the
            ledger.
          </p>
        </Sheet>
      )}
    </>
  );
}

const COLUMNS: readonly Column<LabelSuspect>[] = [
  {
    id: 'text',
    header: 'Text',
    cell: ({ text, caseId }) => <HostileText text={text?.text ?? caseId} most={160} />,
    width: 'minmax(14rem, 2fr)',
  },
  {
    id: 'label',
    header: 'Label',
    cell: ({ label }) => <HostileText text={label} most={60} />,
    sort: ({ label }) => label,
    width: 'minmax(9rem, 1fr)',
  },
  {
    id: 'instead',
    header: 'All answer',
    cell: ({ instead }) => <HostileText text={instead} most={60} />,
    sort: ({ instead }) => instead,
    width: 'minmax(9rem, 1fr)',
  },
  {
    id: 'model',
    header: 'Text model: answer, label',
    cell: ({ modelAnswer, modelLabel }) => `${percent(modelAnswer)}, ${percent(modelLabel)}`,
    sort: ({ modelAnswer, modelLabel }) => modelAnswer - modelLabel,
    align: 'right',
    width: '12rem',
  },
];

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
