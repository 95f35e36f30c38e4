/** Margin, budgets and minimum size as sliders. */

import type { PolicyStart } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { Slider } from '../../ui/controls.tsx';
import { Hint } from '../../ui/Hint.tsx';
import type { Tuned } from './use-setting.ts';

const share = (value: number) => `${Number((value * 100).toPrecision(3))}%`;
const points = (value: number) => `${Number((value * 100).toPrecision(3))} points`;

export function PolicySliders({ start, tuned }: { readonly start: PolicyStart; readonly tuned: Tuned }) {
  const { setting, change } = tuned;
  // A margin of a metric that is no rate has no natural scale: from nothing to four times what is configured.
  const most = start.isRate ? 0.3 : Math.max(start.setting.margin * 4, setting.margin, 1);
  return (
    <div className="policy-sliders">
      <Row
        about="the margin"
        explains="The smallest drop that matters. A loss blocks only if the drop that was seen is at least this large."
      >
        <Slider
          label="Margin"
          value={[setting.margin]}
          min={0}
          max={most}
          step={start.isRate ? 0.005 : most / 200}
          format={start.isRate ? points : String}
          onChange={([margin]) => change({ margin: rounded(margin!) })}
        />
      </Row>
      <Row
        about="the block budget"
        explains="The share of releases in which nothing changed that may be blocked all the same, over all slices together."
      >
        <Slider
          label="Block budget"
          value={[setting.blockBudget]}
          min={0.005}
          max={0.2}
          step={0.005}
          format={share}
          onChange={([budget]) => {
            const blockBudget = rounded(budget!);
            change({ blockBudget, reviewBudget: Math.max(blockBudget, setting.reviewBudget) });
          }}
        />
      </Row>
      <Row
        about="the review budget"
        explains="The share of releases in which nothing changed that may be blocked or sent to a person. It pays for the losses that are only suspected."
      >
        <Slider
          label="Review budget"
          value={[setting.reviewBudget]}
          min={0.005}
          max={0.6}
          step={0.005}
          format={share}
          onChange={([budget]) => {
            const reviewBudget = rounded(budget!);
            change({ reviewBudget, blockBudget: Math.min(reviewBudget, setting.blockBudget) });
          }}
        />
      </Row>
      <Row
        about="the minimum size"
        explains="Slices with fewer cases are shown with their interval and gate nothing. Fewer tested slices leave more of the budget to each."
      >
        <Slider
          label="Minimum cases"
          value={[setting.minCases]}
          min={1}
          max={Math.max(200, setting.minCases)}
          step={1}
          format={countText}
          onChange={([minCases]) => change({ minCases: minCases! })}
        />
      </Row>
    </div>
  );
}

function Row({
  about,
  explains,
  children,
}: {
  readonly about: string;
  readonly explains: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="policy-row">
      {children}
      <Hint about={about}>{explains}</Hint>
    </div>
  );
}

/** A slider adds its steps up in binary. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
