/** What fell: one card per slice or check, to choose from. */

import type { FallenItem } from '../../../../src/studio/contract/index.ts';
import { countText, pValueText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { decidedText } from './review-view.ts';

export function FallenCards({
  items,
  chosen,
  onChoose,
}: {
  readonly items: readonly FallenItem[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}) {
  return (
    <ul className="fallen-cards">
      {items.map((item) => (
        <li key={item.key}>
          <button
            type="button"
            className="fallen-card"
            aria-pressed={item.key === chosen}
            onClick={() => onChoose(item.key)}
          >
            <span className="fallen-head">
              <VerdictBadge verdict={item.verdict} />
              <strong>
                <HostileText text={item.title} most={120} />
              </strong>
            </span>
            {item.slice === null ? (
              <span className="fallen-reason">
                <HostileText sentence text={item.reason} most={220} />
              </span>
            ) : (
              <SliceNumbers slice={item.slice} />
            )}
            <span className={decidedText(item) === null ? 'muted' : 'fallen-decided'}>
              {decidedText(item) === null ? (
                'not decided'
              ) : (
                <>
                  <span aria-hidden="true">✓ </span>
                  <HostileText text={decidedText(item)!} most={160} />
                </>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function SliceNumbers({ slice }: { readonly slice: NonNullable<FallenItem['slice']> }) {
  const unit = slice.isRate ? 'rate' : 'number';
  return (
    <>
      <span>
        <span className="muted">before</span> <EstimateText of={slice.before} unit={unit} />
      </span>
      <span>
        <span className="muted">after</span> <EstimateText of={slice.after} unit={unit} />
      </span>
      <span>
        <DeltaText of={slice.delta} unit={unit} higherIsBetter={slice.direction === 'higher'} />{' '}
        <span className="muted">{slice.isRate ? 'points' : ''}</span>
      </span>
      <span>
        <span className="loss">▼ {countText(slice.lost)} lost</span>,{' '}
        <span className="gain">▲ {countText(slice.gained)} gained</span>
        <span className="muted">
          {' '}
          of {countText(slice.n)}; adjusted p {pValueText(slice.adjustedP)}
          {slice.grade === null ? '' : `, ${slice.grade}`}
        </span>
      </span>
    </>
  );
}
