/** Is it safe to ship: the answer in one sentence, and everything that it rests on. */

import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { Page, Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { AgeOfRuns } from './AgeOfRuns.tsx';
import { Answer } from './Answer.tsx';
import { CaseSums } from './CaseSums.tsx';
import { CouldNotTell } from './CouldNotTell.tsx';
import { Deciding } from './Deciding.tsx';
import { FindingsInShort } from './FindingsInShort.tsx';
import { MeanNotGated } from './MeanNotGated.tsx';
import { NextSteps } from './NextSteps.tsx';
import { Nominees } from './Nominees.tsx';
import { Waived } from './Waived.tsx';
import { WorstSlices } from './WorstSlices.tsx';
import './verdict.css';

export function VerdictPage() {
  const { data, error, refetch } = useStudio('release', {});
  if (error !== null) {
    return (
      <Page title="Verdict">
        <Failed error={error} retry={() => void refetch()} />
      </Page>
    );
  }
  if (data === undefined) {
    return (
      <Page title="Verdict">
        <Loading height={900} what="Reading the verdict" />
      </Page>
    );
  }
  return <Told answer={data} />;
}

function Told({ answer }: { readonly answer: ReleaseAnswer }) {
  return (
    <div className="page verdict-page">
      <Answer answer={answer} />
      <div className="verdict-columns">
        <div className="verdict-main">
          {answer.nominees === null ? null : <Nominees nominees={answer.nominees} />}
          <Waived answer={answer} />
          <Deciding answer={answer} />
          <CouldNotTell answer={answer} />
          <Panel title="Next">
            <NextSteps answer={answer} />
          </Panel>
          <FindingsInShort />
        </div>
        <div className="verdict-side">
          <WorstSlices answer={answer} />
          <Panel title={answer.overall.length === 0 ? 'The mean' : 'The mean, not gated'}>
            <MeanNotGated answer={answer} />
          </Panel>
          <Panel title="Cases">
            <CaseSums answer={answer} />
          </Panel>
          <Panel title="Runs and eval set">
            <AgeOfRuns answer={answer} />
          </Panel>
        </div>
      </div>
    </div>
  );
}
