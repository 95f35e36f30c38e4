/** What a setting does to this release and to simulated ones, beside the configured rules. */

import type { PolicySetting, PolicyStart, PolicyTrial } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Slider } from '../../ui/controls.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { outcomeText } from './outcome-text.ts';
import { RatesFigure } from './RatesFigure.tsx';

/** A first look while the hand still moves, a better one, and those to rely on; each goes on from the one before. */
const [FIRST, QUICK, MIDDLE, CAREFUL] = [10, 100, 300, 1000] as const;
/** Careful numbers are computed for a setting that stays this long. */
const CAREFUL_REST_MS = 500;

/** Reserved, so that nothing moves while numbers change. */
const HEIGHT = 420;

export function PolicyTrialView({
  start,
  setting,
  drop,
  shownDrop,
  onDrop,
}: {
  readonly start: PolicyStart;
  readonly setting: PolicySetting;
  readonly drop: number;
  /** Where the slider stands. */
  readonly shownDrop: number;
  readonly onDrop: (drop: number) => void;
}) {
  const asked = { ...setting, drop };
  const first = useStudio('policy-trial', { ...asked, releases: FIRST });
  const quick = useStudio('policy-trial', { ...asked, releases: QUICK }, { enabled: isThere(first) });
  const meant = useSettled(asked, CAREFUL_REST_MS);
  const rests = isThere(quick) && JSON.stringify(meant) === JSON.stringify(asked);
  const middle = useStudio('policy-trial', { ...meant, releases: MIDDLE }, { enabled: rests });
  const settled = rests && isThere(middle);
  const careful = useStudio('policy-trial', { ...meant, releases: CAREFUL }, { enabled: settled });
  const before = useStudio(
    'policy-trial',
    { ...start.setting, drop, releases: CAREFUL },
    { enabled: settled },
  );
  const exact = settled && isThere(careful);
  // The surest figures of this very setting; until the first of them are there, those of the last one stay.
  const best = exact ? careful : settled ? middle : isThere(quick) ? quick : first;
  const trial = best.data;
  const failed = [first, quick].find(({ error }) => error !== null);
  if (failed?.error) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  return (
    <Panel
      title="What these rules do"
      tools={
        <Slider
          label="Planted loss"
          value={[shownDrop]}
          min={0.05}
          max={0.5}
          step={0.05}
          format={(value) => `${Math.round(value * 100)} points`}
          onChange={([value]) => onDrop(Number(value!.toFixed(2)))}
        />
      }
    >
      {trial === undefined ? (
        <Loading height={HEIGHT} what="Simulating releases" />
      ) : (
        <div style={{ minHeight: HEIGHT }} aria-busy={!exact}>
          <p>
            This release: <strong>{outcomeText(trial.outcome)}</strong> · {countOf(trial.tested, 'slice')}{' '}
            tested, {countText(trial.small)} below the minimum{' '}
            <span className="muted">
              · {countText(trial.falseBlocks.releases)} simulated releases of each kind
              {exact ? '' : ', more are on their way'}
            </span>
          </p>
          <RatesFigure trial={trial} configured={before.data ?? null} drop={drop} setting={setting} />
          <Changed trial={trial} />
          <p className="muted">
            Unchanged releases: {trial.method}. Intervals are Wilson&apos;s at 95%. All settings see the same
            draws.
          </p>
        </div>
      )}
    </Panel>
  );
}

/** Whether these are the figures that were asked for, not those of the setting before. */
function isThere({
  isSuccess,
  isPlaceholderData,
}: {
  readonly isSuccess: boolean;
  readonly isPlaceholderData: boolean;
}): boolean {
  return isSuccess && !isPlaceholderData;
}

function Changed({ trial }: { readonly trial: PolicyTrial }) {
  if (trial.changed.length === 0) return <p>Every slice of this release has the verdict that it has now.</p>;
  return (
    <>
      <p>
        {countOf(trial.changed.length, 'slice has', 'slices have')} another verdict than under the configured
        rules:
      </p>
      <ul className="policy-changed">
        {trial.changed.slice(0, 20).map(({ dimension, value, n, before, after }) => (
          <li key={`${dimension}=${value}`}>
            <HostileText text={`${dimension}=${value}`} most={80} />{' '}
            <span className="muted">n {countText(n)}</span> <VerdictBadge verdict={before} />{' '}
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">becomes</span> <VerdictBadge verdict={after} />
          </li>
        ))}
      </ul>
      {trial.changed.length > 20 ? (
        <p className="muted">and {countText(trial.changed.length - 20)} more</p>
      ) : null}
    </>
  );
}
