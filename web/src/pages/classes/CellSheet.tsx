/** The cases behind one cell of the matrix, with the answers of both runs. */

import { formatName } from '../../../../src/slices/format-expression.ts';
import type { CellAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { CaseLink } from '../../ui/CaseLink.tsx';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { QueueThese } from '../queues/QueueThese.tsx';
import { readCellKey } from './cell-key.ts';
import { CLASSES_VIEW } from './classes-view.ts';

export function CellSheet({
  columns,
  slice,
}: {
  readonly columns: { readonly expected: string; readonly predicted: string };
  readonly slice: string | null;
}) {
  const [view, change] = useView(CLASSES_VIEW);
  const cell = readCellKey(view.cell);
  const question = useStudio(
    'confusion-cases',
    { slice, run: 'candidate', expected: '', answer: { kind: 'error' }, ...cell },
    { enabled: cell !== null },
  );
  if (cell === null) return null;
  const predicate = `${formatName(columns.expected)} == ${quoted(cell.expected)} and ${formatName(columns.predicted)} ${
    cell.answer.kind === 'class' ? `== ${quoted(cell.answer.label)}` : 'is missing'
  }`;
  const answered = cell.answer.kind === 'class' ? cell.answer.label : `(${cell.answer.kind})`;
  return (
    <Sheet
      title={`True class ${cut(cell.expected)}, answered ${cut(answered)}`}
      open
      place="side"
      onOpenChange={(open) => {
        if (!open) change({ cell: '' });
      }}
    >
      <p>
        Answers of the run {cell.run === 'baseline' ? 'before' : 'after'}
        {slice === null ? '' : ', in the chosen slice'}. As a predicate on the rows of that run:
      </p>
      <Copyable text={predicate} what="the predicate" />
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined || question.isPlaceholderData ? (
        <Loading height={400} what="Looking for the cases" />
      ) : (
        <>
          <p role="status">
            {countOf(question.data.total, 'case')}
            {question.data.total > question.data.cases.length
              ? `, the first ${countText(question.data.cases.length)} by id`
              : ''}
          </p>
          <QueueThese
            caseIds={question.data.cases.map(({ id }) => id)}
            why={`true class ${cell.expected}, answered ${answered}`}
          />
          <ul className="classes-cases">
            {question.data.cases.map(({ id, text, baseline, candidate }) => (
              <li key={id}>
                <CaseLink id={id} />
                {text === null ? null : (
                  <p>
                    <HostileText text={text.isCut ? `${text.text}…` : text.text} most={400} />
                  </p>
                )}
                <p className="muted">
                  {baseline === null ? null : (
                    <>
                      before: <AnswerText answer={baseline} />;{' '}
                    </>
                  )}
                  {candidate === null ? null : (
                    <>
                      after: <AnswerText answer={candidate} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}

function AnswerText({ answer }: { readonly answer: CellAnswer }) {
  return answer.kind === 'class' ? <HostileText text={answer.label} most={120} /> : <>({answer.kind})</>;
}

/** A text as predicates quote it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= 60 ? text : `${characters.slice(0, 59).join('')}…`;
}
