/** Which runs were compared, how old the baseline is, and which eval set they ran on. */

import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';

type Run = ReleaseAnswer['candidate'];

export function AgeOfRuns({ answer }: { readonly answer: ReleaseAnswer }) {
  const { baseline, candidate, evalSet, runHash } = answer;
  return (
    <dl className="facts">
      {baseline === null ? (
        <div>
          <dt>Baseline</dt>
          <dd>none: nothing to compare with</dd>
        </div>
      ) : (
        <RunFact name="Baseline" run={baseline} isBaseline />
      )}
      <RunFact name="Candidate" run={candidate} isBaseline={false} />
      <div>
        <dt>Eval set</dt>
        <dd>
          <HostileText text={evalSet.said} most={300} />
          {baseline !== null && evalSet.baseline.join() !== evalSet.candidate.join() ? (
            <strong> The runs name different versions.</strong>
          ) : null}
        </dd>
      </div>
      <div>
        <dt>Run hash</dt>
        <dd>
          <code>{runHash.slice(0, 16)}</code> <span className="muted">names this comparison in waivers</span>
        </dd>
      </div>
    </dl>
  );
}

function RunFact({
  name,
  run,
  isBaseline,
}: {
  readonly name: string;
  readonly run: Run;
  readonly isBaseline: boolean;
}) {
  const files = run.name ?? run.run ?? run.files.join(', ');
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <HostileText text={files} most={160} />
        <span className="muted">
          {' '}
          {countOf(run.cases, 'case')} in {countOf(run.rows, 'row')}
          {run.errors > 0 ? `, ${countOf(run.errors, 'error')}` : ''}
          {run.maxTrials > 1 ? `, up to ${countText(run.maxTrials)} trials` : ''}
        </span>
        {isBaseline ? (
          <>
            {' '}
            {run.ageDays === null ? (
              <span className="muted">Age not known: only runs of a ledger have one.</span>
            ) : (
              <strong>{countOf(Math.floor(run.ageDays), 'day')} old</strong>
            )}
          </>
        ) : null}
      </dd>
    </div>
  );
}
