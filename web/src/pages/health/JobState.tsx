/** What stands in place of an answer that takes a while: a start button, where the work is, or what went wrong. */

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Job } from '../../../../src/studio/contract/index.ts';
import type { AskError } from '../../data/source.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed, Loading, Problems } from '../../ui/states.tsx';

/** While work runs, it is looked at this often. */
const LOOK_MS = 500;

/** For `useStudio`: asks again while the work runs. */
export function whileRunning(answer: Job<unknown> | undefined): number | false {
  return answer?.state === 'running' ? LOOK_MS : false;
}

export function JobState<Result>({
  question,
  onStart,
  what,
  cost,
  height,
  children,
}: {
  readonly question: UseQueryResult<Job<Result>, AskError>;
  readonly onStart: () => void;
  /** Verb phrase of the button: `Compare the cases with each other`. */
  readonly what: string;
  /** How long it takes, and what it reads. */
  readonly cost: string;
  /** Pixels that the answer will take. */
  readonly height: number;
  readonly children: (result: Result) => ReactNode;
}) {
  const { data, error } = question;
  if (error !== null) return <Failed error={error} retry={() => void question.refetch()} />;
  if (data === undefined) return <Loading height={height} />;
  switch (data.state) {
    case 'ready':
      return children(data.result);
    case 'running':
      return <Loading height={height} what={`${data.stage}, ${Math.round(data.elapsedMs / 1000)} s`} />;
    case 'failed':
      return <Problems title="This could not be done" problems={data.problems} retry={onStart} />;
    case 'idle':
      return data.impossible === null ? (
        <div className="state">
          <p>{cost}</p>
          <button type="button" className="button primary" onClick={onStart}>
            {what}
          </button>
        </div>
      ) : (
        <div className="state">
          <p>
            <HostileText text={data.impossible} />
          </p>
          {data.todo === null ? null : (
            <p>
              <HostileText text={data.todo} />
            </p>
          )}
        </div>
      );
  }
}
