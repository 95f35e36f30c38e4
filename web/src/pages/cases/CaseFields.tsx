/** Every other column of the case: scores, labels, attributes, links, as they were in each run. */

import type { CaseAnswer, CaseCell, CaseTrial } from '../../../../src/studio/contract/index.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { READ_FROM } from './CaseTexts.tsx';
import { type TrialPair, textOf } from './trial-pairs.ts';

/** Roles whose texts stand above. */
const ABOVE: ReadonlySet<string> = new Set(['input', 'expected', 'output', 'predicted']);

export function CaseFields({ answer, pair }: { readonly answer: CaseAnswer; readonly pair: TrialPair }) {
  const columns = fieldColumns(answer, pair);
  if (columns.length === 0) return <p className="muted">There are no other columns.</p>;
  const { hasBaseline } = answer;
  return (
    <div className="case-fields-place">
      <table className="plain-table case-fields">
        <thead>
          <tr>
            <th scope="col">Column</th>
            {hasBaseline ? <th scope="col">Before</th> : null}
            <th scope="col">{hasBaseline ? 'After' : 'Value'}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => {
            const [left, right] = [cellOf(pair.before, column), cellOf(pair.after, column)];
            const isSame = hasBaseline && shownText(left, answer) === shownText(right, answer);
            const role = (right ?? left)?.role ?? null;
            return (
              <tr key={column}>
                <th scope="row">
                  <HostileText text={column} most={80} />
                  {role === null || role === column ? null : <span className="muted"> {role}</span>}
                </th>
                {isSame ? (
                  <td colSpan={2}>
                    <Value cell={right} answer={answer} />
                  </td>
                ) : (
                  <>
                    {hasBaseline ? (
                      <td>
                        <Value cell={left} answer={answer} />
                      </td>
                    ) : null}
                    <td className={hasBaseline ? 'differs' : undefined}>
                      <Value cell={right} answer={answer} />
                    </td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function fieldColumns({ texts }: CaseAnswer, { before, after }: TrialPair): readonly string[] {
  const isField = (cell: CaseCell): boolean => {
    if (cell.kind === 'judge' || cell.kind === 'trace' || (cell.role !== null && ABOVE.has(cell.role)))
      return false;
    if (cell.kind !== 'text' || cell.role !== null) return true;
    const { text, length } = textOf(cell, texts);
    return length < READ_FROM && !text.includes('\n');
  };
  const cells = [...(after?.cells ?? []), ...(before?.cells ?? [])];
  const hidden = new Set(cells.filter((cell) => !isField(cell)).map(({ column }) => column));
  return [...new Set(cells.map(({ column }) => column))].filter((column) => !hidden.has(column)).sort();
}

function cellOf(trial: CaseTrial | null, column: string): CaseCell | null {
  return trial?.cells.find((cell) => cell.column === column) ?? null;
}

function shownText(cell: CaseCell | null, { texts }: CaseAnswer): string | null {
  return cell === null ? null : `${cell.kind} ${textOf(cell, texts).text}`;
}

function Value({ cell, answer }: { readonly cell: CaseCell | null; readonly answer: CaseAnswer }) {
  if (cell === null) return <span className="muted">missing</span>;
  if (cell.kind === 'tags') {
    if (cell.tags.length === 0) return <span className="muted">no tags</span>;
    return cell.tags.map((tag) => (
      <span key={tag} className="case-tag">
        <HostileText text={tag} most={60} />
      </span>
    ));
  }
  const { text } = textOf(cell, answer.texts);
  if (text === '') return <span className="muted">empty</span>;
  if (cell.kind === 'link') {
    return (
      <a href={text} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        <HostileText text={text} most={80} />
      </a>
    );
  }
  return <HostileText text={text} most={300} />;
}
