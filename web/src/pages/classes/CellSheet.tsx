/** The cases behind one cell of the matrix, with the answers of both runs. */

import type { CellAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { CaseLink } from '../../ui/CaseLink.tsx';
import { Copyable } from '../../ui/Copyable.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { QueueThese } from '../queues/QueueThese.tsx';
import { readCellKey } from './cell-key.ts';
import { CLASSES_VIEW } from './classes-view.ts';

export function CellSheet({ slice }: { readonly slice: string | null }) {
  const [view, change] = useView(CLASSES_VIEW);
  const cell = readCellKey(view.cell);
  const question = useStudio(
    'confusion-cases',
    { slice, run: 'candidate', expected: '', answer: { kind: 'error' }, ...cell },
    { enabled: cell !== null },
  );
  if (cell === null) return null;
  const answered = cell.answer.kind === 'class' ? cell.answer.label : `(${cell.answer.kind})`;
  return (
    <Sheet
      title={`True class ${harmless(cell.expected, 60)}, answered ${harmless(answered, 60)}`}
      open
      place="side"
      onOpenChange={(open) => {
        if (!open) change({ cell: '' });
      }}
    >
      <p>
        Answers of the run {cell.run === 'baseline' ? 'before' : 'after'}
        {slice === null ? '' : ', in the chosen slice'}.
      </p>
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined || question.isPlaceholderData ? (
        <Loading height={400} what="Looking for the cases" />
      ) : (
        <>
          {question.data.predicate === null ? null : (
            <>
              <p>As a predicate on the rows of that run:</p>
              <Copyable text={question.data.predicate} what="the predicate" />
            </>
          )}
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
