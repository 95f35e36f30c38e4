/** Where every case and every slice went: parts that sum. */

import { Link } from '@tanstack/react-router';
import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';

export function CaseSums({ answer }: { readonly answer: ReleaseAnswer }) {
  const { parts, cases, counts } = answer;
  return (
    <>
      <table className="plain-table sums">
        <tbody>
          {parts
            .filter((part, i) => i === 0 || part.cases > 0)
            .map((part) => (
              <tr key={part.label}>
                <th scope="row">{part.label}</th>
                <td className="number">{countText(part.cases)}</td>
              </tr>
            ))}
          <tr className="total">
            <th scope="row">all cases</th>
            <td className="number">{countText(cases)}</td>
          </tr>
        </tbody>
      </table>
      <p className="muted">
        {counts.pairedBy === null ? '' : `Paired by ${counts.pairedBy}. `}
        {countOf(counts.gatedSlices, 'slice')} gated, {countText(counts.lowN)} too small,{' '}
        {countText(counts.debt)} in debt.{' '}
        {counts.looks === null ? '' : `Look ${countText(counts.looks)} at this candidate. `}
        <Link to="/slices">All slices</Link>
      </p>
    </>
  );
}
