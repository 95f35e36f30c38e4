/** One slice in full: what happened, which cases, what stands behind it, how it is defined, how it went before. */

import { Link } from '@tanstack/react-router';
import type { SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { useHasPage } from '../../data/use-has-page.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { CasesLink } from './CasesLink.tsx';
import { SliceCases } from './SliceCases.tsx';
import { SliceCauses } from './SliceCauses.tsx';
import { SliceDefinition } from './SliceDefinition.tsx';
import { SliceHistory } from './SliceHistory.tsx';
import { SliceNumbers } from './SliceNumbers.tsx';
import { SliceRelations } from './SliceRelations.tsx';
import { SliceWords } from './SliceWords.tsx';

export function SlicePanel({ id }: { readonly id: string }) {
  const { data, error, refetch } = useStudio('slice', { id });
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  // While the next slice is read, the last one must not stand under its name.
  if (data === undefined || data.row.id !== id) return <Loading height={900} what="Reading the slice" />;
  return <SliceInFull answer={data} />;
}

function SliceInFull({ answer }: { readonly answer: SliceAnswer }) {
  const { report, row } = answer;
  const { verdict, grade, waiver } = report;
  const hasReview = useHasPage('/review');
  return (
    <div className="slice-panel">
      <p className="slice-said">
        <VerdictBadge verdict={verdict} grade={grade} /> <HostileText text={report.reason} most={600} />
      </p>
      <p className="toolbar">
        {row.cases === 0 ? null : <CasesLink id={row.id} label={`All ${countText(row.cases)} cases`} />}
        {hasReview && (verdict === 'BLOCK' || verdict === 'REVIEW') ? (
          <Link className="button primary" to="/review" search={{ item: `slice:${row.id}` } as never}>
            Review this slice
          </Link>
        ) : null}
      </p>
      {waiver === null ? null : (
        <p className="notice">
          <strong>
            {waiver.expired ? 'Expired ' : 'Covered by a '}
            {waiver.kind === 'debt' ? 'debt entry' : 'waiver'}
          </strong>{' '}
          of <HostileText text={waiver.owner} most={80} />, {waiver.expired ? 'ended' : 'until'}{' '}
          {waiver.expires}: <HostileText text={waiver.reason} most={300} />
        </p>
      )}
      <SliceNumbers answer={answer} />
      <SliceCases answer={answer} />
      {row.n === 0 ? null : (
        <>
          <SliceCauses answer={answer} />
          <SliceWords id={row.id} />
        </>
      )}
      <SliceDefinition answer={answer} />
      <SliceHistory answer={answer} />
      <SliceRelations answer={answer} />
    </div>
  );
}
