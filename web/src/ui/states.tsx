/** What stands where there is nothing to show (yet): each says what to do. */

import type { ReactNode } from 'react';
import type { Failure } from '../../../src/studio/contract/index.ts';
import type { AskError } from '../data/source.ts';
import { Copyable } from './Copyable.tsx';
import { HostileText } from './HostileText.tsx';

/** A place that is as large as what will stand there. */
export function Loading({ height, what = 'Loading' }: { readonly height: number; readonly what?: string }) {
  return (
    <div className="loading" style={{ minHeight: height }} role="status">
      <span className="loading-bar" aria-hidden="true" />
      {what} …
    </div>
  );
}

/** Nothing matches, or nothing is there: why, and what to do. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Too few cases for an answer: the number is not shown, and what would settle it is. */
export function TooLittle({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state too-little">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** A question that could not be answered. */
export function Failed({ error, retry }: { readonly error: AskError; readonly retry?: () => void }) {
  if (error.reason === 'missing') {
    return (
      <div className="state">
        <h2>Not in this file</h2>
        <p>{error.problems[0]?.hint}</p>
        {error.command === null ? null : <Copyable text={error.command} what="the command" />}
      </div>
    );
  }
  return <Problems title="This cannot be shown" problems={error.problems} retry={retry} />;
}

/** A part of a page that cannot be shown while the rest stays: what a file does not hold takes one line. */
export function PartFailed({ error, retry }: { readonly error: AskError; readonly retry: () => void }) {
  if (error.reason === 'missing') return <p className="muted">Not in this file. The studio shows it.</p>;
  return <Failed error={error} retry={retry} />;
}

/** All problems at once, each with its place and what to do. */
export function Problems({
  title,
  problems,
  advice,
  retry,
  retryLabel = 'Try again',
}: {
  readonly title: string;
  readonly problems: Failure['problems'];
  readonly advice?: ReactNode;
  readonly retry?: () => void;
  readonly retryLabel?: string;
}) {
  return (
    <div className="state failed" role="alert">
      <h2>{title}</h2>
      <ul>
        {problems.map(({ message, hint, where }) => (
          <li key={`${where}${message}`}>
            <HostileText text={message} />
            {where === null ? null : (
              <>
                {' '}
                <code>
                  <HostileText text={where} />
                </code>
              </>
            )}
            {hint === null ? null : (
              <p className="muted">
                <HostileText text={hint} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {advice === undefined ? null : <p>{advice}</p>}
      {retry === undefined ? null : (
        <button type="button" className="button" onClick={retry}>
          {retryLabel}
        </button>
      )}
    </div>
  );
}
