/** Texts that stand in more than one place: training data, examples, and the eval set itself. */

import { useState } from 'react';
import type {
  NearDuplicateSummary,
  OverlapOverview,
  OverlapScores,
  OverlapSide,
  OverlapSummary,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { JobState, whileRunning } from './JobState.tsx';
import { MissingList } from './MissingList.tsx';
import { PairBrowser } from './PairBrowser.tsx';

const NAMES = { train: 'Training data', fewShot: 'Examples' } as const;

export function OverlapTab() {
  const question = useStudio('overlap', {});
  const [started, setStarted] = useState(false);
  const own = useStudio('near-duplicates', { start: started }, { again: whileRunning });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={720} what="Reading the overlap" />;
  const { stores, drafts, missing } = question.data;
  const sides: readonly OverlapSide[] = [
    ...stores.map(({ store }) => store),
    ...(own.data?.state === 'ready' ? (['self'] as const) : []),
  ];
  return (
    <div className="health-stack">
      <div className="columns">
        {stores.map((store) => (
          <StorePanel key={store.store} store={store} />
        ))}
        <Panel title="Within the eval set">
          <JobState
            question={own}
            onStart={() => setStarted(true)}
            what="Compare the cases with each other"
            cost="Every case is compared with every other. It takes a second for ten thousand short texts, and nothing is written."
            height={120}
          >
            {(summary) => <OwnSummary summary={summary} />}
          </JobState>
        </Panel>
      </div>
      {sides.length === 0 ? null : <PairBrowser sides={sides} />}
      <Drafts drafts={drafts} />
      <MissingList missing={missing} />
    </div>
  );
}

function StorePanel({ store }: { readonly store: OverlapSummary }) {
  const { casesBy, pairsBy, leftOut, overlapping, compared } = store;
  const apart = [
    ['without a text', leftOut.withoutText],
    [`of fewer than ${store.minWords} words`, leftOut.short],
    ['of boilerplate alone', leftOut.onlyBoilerplate],
  ] as const;
  return (
    <Panel title={`${NAMES[store.store]} beside the eval set`}>
      <p className={overlapping > 0 ? 'loss' : 'gain'}>
        {overlapping > 0 ? '■ ' : '✓ '}
        {countText(overlapping)} of {countOf(compared, 'compared case')}{' '}
        {overlapping === 1 ? 'stands' : 'stand'} in {countOf(store.rows, 'row')}.
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Closeness</th>
            <th scope="col" className="number">
              Cases
            </th>
            <th scope="col" className="number">
              Pairs
            </th>
          </tr>
        </thead>
        <tbody>
          {(['exact', 'near', 'similar'] as const).map((closeness) => (
            <tr key={closeness}>
              <th scope="row">
                {closeness === 'near'
                  ? `near: Jaccard ${store.threshold} or more`
                  : closeness === 'similar'
                    ? `similar: ${store.notice} or more, a notice`
                    : 'exact but for case and spaces'}
              </th>
              <td className="number">{countText(casesBy[closeness])}</td>
              <td className="number">{countText(pairsBy[closeness])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {store.candidate === null ? null : <Scores name="After" scores={store.candidate} />}
      {store.baseline === null ? null : <Scores name="Before" scores={store.baseline} />}
      <p className="muted">
        {store.conflicting > 0 ? `${countOf(store.conflicting, 'case')} with a row of another label. ` : ''}
        {store.rowsToRemove > 0
          ? `${countOf(store.rowsToRemove, 'row')} to remove from ${store.store === 'train' ? 'the training data' : 'the examples'}, not from the eval set. `
          : ''}
        {apart
          .filter(([, cases]) => cases > 0)
          .map(([what, cases]) => `${countOf(cases, 'case')} ${what}`)
          .join(', ')}
      </p>
    </Panel>
  );
}

function Scores({ name, scores }: { readonly name: string; readonly scores: OverlapScores }) {
  return (
    <p>
      {name}: <EstimateText of={scores.all} /> on all cases, <EstimateText of={scores.clean} /> on those that
      do not overlap{scores.gap === null ? '' : '; clean minus overlapping '}
      {scores.gap === null ? null : <DeltaText of={scores.gap} />}
    </p>
  );
}

function OwnSummary({ summary }: { readonly summary: NearDuplicateSummary }) {
  const { pairsBy, repeating, compared, conflicts, cases } = summary;
  const apart = [
    ['without a text', summary.withoutText],
    ['too short', summary.short],
    ['beyond the limit of one comparison', summary.beyondLimit],
  ] as const;
  return (
    <>
      <p className={repeating > 0 ? 'loss' : 'gain'}>
        {repeating > 0 ? '■ ' : '✓ '}
        {countText(repeating)} of {countOf(compared, 'compared case')}{' '}
        {repeating === 1 ? 'repeats' : 'repeat'} another: such cases count several times in every rate.
      </p>
      <p>
        {countOf(pairsBy.exact, 'exact pair')}, {countText(pairsBy.near)} near (Jaccard {summary.threshold} or
        more), {countText(pairsBy.similar)} similar ({summary.notice} or more, a notice);{' '}
        {conflicts > 0 ? (
          <strong>{countOf(conflicts, 'repeated text')} with different labels</strong>
        ) : (
          'no repeated text with different labels'
        )}
        .
      </p>
      <p className="muted">
        {countOf(cases, 'case')} in all
        {apart
          .filter(([, count]) => count > 0)
          .map(([what, count]) => `; ${countText(count)} ${what}`)
          .join('')}
      </p>
    </>
  );
}

function Drafts({ drafts }: Pick<OverlapOverview, 'drafts'>) {
  if (drafts.length === 0) return null;
  return (
    <Panel title="Labels that a model drafted">
      <ul>
        {drafts.map(({ column, cases, equal, passEqual, passChanged }) => (
          <li key={column}>
            <HostileText text={column} />: in {countText(equal)} of {countOf(cases, 'case')} the label is the
            draft. The candidate passes <EstimateText of={passEqual} /> of these, and{' '}
            <EstimateText of={passChanged} /> where a person changed it.
          </li>
        ))}
      </ul>
    </Panel>
  );
}
