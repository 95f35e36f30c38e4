/** What was written, where, and what to run next. */

import type { DecideAnswer } from '../../../../src/studio/contract/index.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';

export function Decided({
  answer,
  onNext,
  onAgain,
}: {
  readonly answer: DecideAnswer;
  /** Goes to what is not decided yet; null where everything is. */
  readonly onNext: (() => void) | null;
  readonly onAgain: () => void;
}) {
  const { waiver, ledger, next } = answer;
  return (
    <div className="decided" role="status">
      {waiver === null ? null : <WaiverPart waiver={waiver} />}
      <p>
        {ledger.recorded
          ? ledger.isNew
            ? '✓ Recorded in the ledger.'
            : '✓ The ledger had this decision already.'
          : `Not recorded: there is no ledger. ${ledger.hint ?? ''}`}
      </p>
      <h3>What to run next</h3>
      {next.map(({ command, settles }) => (
        <div key={command}>
          <Copyable text={command} what="the command" />
          <p className="muted">{settles}</p>
        </div>
      ))}
      <div className="toolbar">
        {onNext === null ? null : (
          <button type="button" className="button primary" onClick={onNext}>
            Next undecided
          </button>
        )}
        <button type="button" className="button" onClick={onAgain}>
          Change the decision
        </button>
      </div>
    </div>
  );
}

function WaiverPart({ waiver }: { readonly waiver: NonNullable<DecideAnswer['waiver']> }) {
  if (waiver.file === null) {
    return (
      <>
        <p>Nothing was written: no waiver file is configured. {waiver.hint}</p>
        <Copyable text={waiver.entry} what="the entry" />
      </>
    );
  }
  return (
    <>
      <p>
        ✓ <HostileText text={waiver.file} most={200} />{' '}
        {waiver.known ? 'has this entry already; nothing was changed.' : 'has a new entry:'}
      </p>
      {waiver.diff.length === 0 ? null : (
        <section
          className="file-diff"
          aria-label="What changed in the waiver file"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
        >
          {waiver.diff.map(({ kind, text, line }, i) => (
            <div key={i} className={`diff-line ${kind}`}>
              <span className="diff-number" aria-hidden="true">
                {line ?? ''}
              </span>
              <span>{kind === 'added' ? '+' : kind === 'removed' ? '−' : ' '}</span>
              <HostileText text={text} most={400} />
            </div>
          ))}
        </section>
      )}
    </>
  );
}
