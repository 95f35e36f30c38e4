/** Which trial is looked at, where a case has several. */

import { countOf } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { outcomeOf, type TrialPair } from './trial-pairs.ts';

export function TrialChoice({
  pairs,
  chosen,
  omitted,
  onChange,
}: {
  readonly pairs: readonly TrialPair[];
  readonly chosen: string;
  readonly omitted: number;
  readonly onChange: (label: string) => void;
}) {
  if (pairs.length < 2) return null;
  return (
    <fieldset className="trial-choice">
      <legend>Trials</legend>
      {pairs.map(({ label, before, after }) => {
        const [left, right] = [outcomeOf(before), outcomeOf(after)];
        return (
          <button
            key={label}
            type="button"
            className="case-chip"
            aria-pressed={label === chosen}
            title={`before: ${left.word}, after: ${right.word}`}
            onClick={() => onChange(label)}
          >
            <HostileText text={label === '' ? 'unnamed' : label} most={30} />{' '}
            <span aria-hidden="true">
              <span className={toneClass(left.tone)}>{left.sign}</span>→
              <span className={toneClass(right.tone)}>{right.sign}</span>
            </span>
            <span className="visually-hidden">
              , before {left.word}, after {right.word}
            </span>
          </button>
        );
      })}
      {omitted > 0 ? <p className="muted">{countOf(omitted, 'more row')} not shown.</p> : null}
    </fieldset>
  );
}

function toneClass(tone: 'bad' | 'good' | 'plain'): string {
  return { bad: 'loss', good: 'gain', plain: 'muted' }[tone];
}
