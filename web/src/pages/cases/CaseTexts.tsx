/** Input, expected answer and what both runs answered, side by side, with the words that differ. */

import type { CaseAnswer, CaseTrial } from '../../../../src/studio/contract/index.ts';
import { Panel } from '../../ui/Page.tsx';
import { CaseText } from './CaseText.tsx';
import { type FoundText, outcomeOf, roleText, type TrialPair, textOf } from './trial-pairs.ts';

/** Other texts that are this long, or have several lines, are read rather than looked up. */
export const READ_FROM = 160;

export function CaseTexts({ answer, pair }: { readonly answer: CaseAnswer; readonly pair: TrialPair }) {
  const { texts, hasBaseline } = answer;
  const { before, after } = pair;
  const of = (trial: CaseTrial | null, role: string) => roleText(trial, role, texts);
  const shared = { answer, pair };
  const said = ['output', 'predicted'].filter((role) => of(before, role) ?? of(after, role));
  const errors = [before, after].map((trial) => (trial?.status === 'error' ? of(trial, 'error') : null));
  const others = otherTexts(answer, pair);
  return (
    <>
      <Panel title="Asked and expected">
        <Compared {...shared} title="Input" before={of(before, 'input')} after={of(after, 'input')} merges />
        <Compared
          {...shared}
          title="Expected"
          before={of(before, 'expected')}
          after={of(after, 'expected')}
          merges
        />
      </Panel>
      <Panel title="Answered">
        {said.length === 0 ? (
          <p className="muted">
            No column is known as the output. Map it with <code>--map output=COLUMN</code>
            {hasBaseline ? (
              <>
                , or, where each run has a column of its own in one file, with{' '}
                <code>--map baseline.output=COLUMN --map candidate.output=COLUMN</code>
              </>
            ) : null}
            .
          </p>
        ) : (
          said.map((role) => (
            <Compared
              {...shared}
              key={role}
              title={role === 'output' ? 'Output' : 'Predicted label'}
              before={of(before, role)}
              after={of(after, role)}
            />
          ))
        )}
        {errors.some((error) => error !== null) ? (
          <Compared {...shared} title="Error" before={errors[0]!} after={errors[1]!} />
        ) : null}
        {said.length === 0 && hasBaseline ? (
          <p className="muted">
            Before: {outcomeOf(before).word}. After: {outcomeOf(after).word}.
          </p>
        ) : null}
      </Panel>
      {others.judge.length > 0 ? (
        <Panel title="Why the judge said so">
          {others.judge.map(({ column, before: left, after: right }) => (
            <Compared {...shared} key={column} title={column} before={left} after={right} merges />
          ))}
        </Panel>
      ) : null}
      {others.read.length > 0 ? (
        <Panel title="Other texts">
          {others.read.map(({ column, before: left, after: right }) => (
            <Compared {...shared} key={column} title={column} before={left} after={right} merges />
          ))}
        </Panel>
      ) : null}
    </>
  );
}

interface OtherText {
  readonly column: string;
  readonly before: FoundText | null;
  readonly after: FoundText | null;
}

/** Texts without a part of their own: of judges, and long ones. */
function otherTexts({ texts }: CaseAnswer, { before, after }: TrialPair) {
  const cells = [...(after?.cells ?? []), ...(before?.cells ?? [])];
  // Of both runs in one file, the output of the one is a column without a role in the other.
  const withRole = new Set(cells.filter(({ role }) => role !== null).map(({ column }) => column));
  const columns = new Map(cells.map((cell) => [cell.column, cell]));
  const find = (trial: CaseTrial | null, column: string) => {
    const cell = trial?.cells.find((one) => one.column === column);
    return cell === undefined ? null : textOf(cell, texts);
  };
  const found = (kind: 'judge' | 'text') =>
    [...columns.values()]
      .filter(({ column, kind: own }) => own === kind && !withRole.has(column))
      .map(({ column }): OtherText => ({ column, before: find(before, column), after: find(after, column) }));
  const isRead = (text: FoundText | null) =>
    text !== null && (text.length >= READ_FROM || text.text.includes('\n'));
  return {
    judge: found('judge'),
    read: found('text').filter(({ before: left, after: right }) => isRead(left) || isRead(right)),
  };
}

/** Two texts, each on its side; equal ones once where `merges` says so. */
function Compared({
  answer,
  pair,
  title,
  before,
  after,
  merges = false,
}: {
  readonly answer: CaseAnswer;
  readonly pair: TrialPair;
  readonly title: string;
  readonly before: FoundText | null;
  readonly after: FoundText | null;
  readonly merges?: boolean;
}) {
  if (before === null && after === null) return null;
  const place = (side: 'baseline' | 'candidate', found: FoundText) => ({
    ...{ ref: answer.ref, side, column: found.column },
    trial: (side === 'baseline' ? pair.before : pair.after)?.trial ?? '',
  });
  const isOne =
    !answer.hasBaseline || (merges && (before === null || after === null || isSame(before, after)));
  if (isOne) {
    const found = after ?? before!;
    return (
      <div className="case-text-one">
        <h3>
          <bdi>{title}</bdi>
          {answer.hasBaseline && (before === null || after === null) ? (
            <span className="muted"> {before === null ? 'after only' : 'before only'}</span>
          ) : null}
        </h3>
        <CaseText
          found={found}
          other={null}
          place={place(after === null ? 'baseline' : 'candidate', found)}
        />
      </div>
    );
  }
  return (
    <div className="case-text-two">
      {(['baseline', 'candidate'] as const).map((side) => {
        const [own, other] = side === 'baseline' ? [before, after] : [after, before];
        const outcome = outcomeOf(side === 'baseline' ? pair.before : pair.after);
        return (
          <div key={side}>
            <h3>
              <bdi>{title}</bdi> {side === 'baseline' ? 'before' : 'after'}
              <span className={`case-outcome ${{ bad: 'loss', good: 'gain', plain: 'muted' }[outcome.tone]}`}>
                <span aria-hidden="true">{outcome.sign} </span>
                {outcome.word}
              </span>
            </h3>
            {own === null ? (
              <p className="muted">none</p>
            ) : (
              <CaseText found={own} other={other} isAfter={side === 'candidate'} place={place(side, own)} />
            )}
          </div>
        );
      })}
    </div>
  );
}

function isSame(before: FoundText, after: FoundText): boolean {
  return before.text === after.text && before.length === after.length;
}
