/** Everything of the open case: what was asked, expected and answered, why it was judged so, where it belongs, what it did before. */

import type { CaseAnswer } from '../../../../src/studio/contract/index.ts';
import { useSource, useStudio } from '../../data/hooks.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { CaseFields } from './CaseFields.tsx';
import { CaseHead } from './CaseHead.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { CaseNeighbours } from './CaseNeighbours.tsx';
import { CaseSlices } from './CaseSlices.tsx';
import { CaseTags } from './CaseTags.tsx';
import { CaseTexts } from './CaseTexts.tsx';
import { CaseTrace } from './CaseTrace.tsx';
import type { CasesView } from './cases-view.ts';
import { TrialChoice } from './TrialChoice.tsx';
import { pairOf, trialPairs } from './trial-pairs.ts';

export interface CaseDetailProps {
  readonly caseRef: string;
  readonly metric: string;
  readonly trial: string;
  readonly near: boolean;
  readonly steps: boolean;
  readonly change: (change: Partial<CasesView>, how?: { readonly replace?: boolean }) => void;
  /** Goes back to the list; null where it is in sight. */
  readonly onBack: (() => void) | null;
}

export function CaseDetail(props: CaseDetailProps) {
  const { caseRef, metric, onBack } = props;
  const { data, error, refetch, isPlaceholderData } = useStudio('case', { ref: caseRef, metric });
  return (
    <section className="case-detail" aria-label="The open case" aria-busy={isPlaceholderData}>
      {onBack === null ? null : (
        <button type="button" className="button case-back" onClick={onBack}>
          <span aria-hidden="true">← </span>Back to the list
        </button>
      )}
      {error !== null ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading height={720} what="Reading the case" />
      ) : (
        <Told {...props} answer={data} isOld={isPlaceholderData} />
      )}
    </section>
  );
}

function Told({
  answer,
  trial,
  near,
  steps,
  metric,
  change,
  isOld,
}: CaseDetailProps & { readonly answer: CaseAnswer; readonly isOld: boolean }) {
  const { kind } = useSource();
  const pairs = trialPairs(answer);
  const pair = pairOf(pairs, [trial, answer.firstTrial]);
  // What a person does in a case, such as reading on in a long text, ends with it.
  const key = `${answer.ref} ${pair.label}`;
  return (
    <div className={isOld ? 'case-told busy' : 'case-told'}>
      <CaseHead answer={answer} pair={pair} />
      <TrialChoice
        pairs={pairs}
        chosen={pair.label}
        omitted={answer.trialsOmitted}
        onChange={(label) => change({ trial: label }, { replace: true })}
      />
      <CaseTexts key={key} answer={answer} pair={pair} />
      {answer.trace === 'none' ? null : (
        <Panel title="What the agent did">
          <CaseTrace
            answer={answer}
            pair={pair}
            isAsked={steps}
            onAsk={() => change({ steps: true }, { replace: true })}
          />
        </Panel>
      )}
      <Panel title="Slices">
        <CaseSlices answer={answer} />
      </Panel>
      <Panel title="Columns">
        <CaseFields answer={answer} pair={pair} />
      </Panel>
      <Panel title="In earlier comparisons">
        <CaseHistory history={answer.history} />
      </Panel>
      {kind === 'embedded' ? (
        <p className="muted">Nearest cases, tags and comments are in the studio.</p>
      ) : (
        <>
          <Panel title="Nearest cases">
            <CaseNeighbours
              caseRef={answer.ref}
              metric={metric}
              hasBaseline={answer.hasBaseline}
              isShown={near}
              onShow={() => change({ near: true }, { replace: true })}
            />
          </Panel>
          <Panel>
            {answer.id.length > answer.id.text.length ? (
              <p className="muted">
                The id of this case is a text of {answer.id.length} characters:{' '}
                <HostileText text={answer.id.text} most={80} />. Cases can be tagged where a column names
                them.
              </p>
            ) : (
              <CaseTags caseId={answer.id.text} keys />
            )}
          </Panel>
        </>
      )}
    </div>
  );
}
