/** The policy tuner: what other rules would do to this release, to unchanged ones, to planted losses and to past releases. */

import { useStudio } from '../../data/hooks.ts';
import { Page, Panel } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { CriticalSlices } from './CriticalSlices.tsx';
import { PastReleases } from './PastReleases.tsx';
import { PolicySliders } from './PolicySliders.tsx';
import { PolicyTrialView } from './PolicyTrialView.tsx';
import { SavePolicy } from './SavePolicy.tsx';
import { useSetting } from './use-setting.ts';
import './policy.css';

/** A slider that stays for so long was meant. */
const REST_MS = 120;

export function PolicyPage() {
  const start = useStudio('policy', {});
  return (
    <Page
      title="Policy tuner"
      lead="Move the rules and see what they would do: how often they stop releases in which nothing changed, which losses they miss, and what they would have said of past releases."
    >
      {start.error ? (
        <Failed error={start.error} />
      ) : start.data === undefined ? (
        <Loading height={600} what="Reading the rules" />
      ) : start.data.whyNot !== null ? (
        <Empty title="There is nothing to tune">
          <p>{start.data.whyNot}</p>
        </Empty>
      ) : (
        <Tuner start={start.data} />
      )}
    </Page>
  );
}

type Start = NonNullable<ReturnType<typeof useStudio<'policy'>>['data']>;

function Tuner({ start }: { readonly start: Start }) {
  const tuned = useSetting(start.setting);
  // The sliders follow the hand; what they lead to is computed where it rests.
  const setting = useSettled(tuned.setting, REST_MS);
  const drop = useSettled(tuned.drop, REST_MS);
  return (
    <div className="policy-columns">
      <Panel title="Rules" className="policy-rules">
        <PolicySliders start={start} tuned={tuned} />
        <CriticalSlices start={start} tuned={tuned} />
        <SavePolicy start={start} tuned={tuned} />
        <ul className="muted policy-notes">
          {start.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Panel>
      <div className="policy-results">
        <PolicyTrialView
          start={start}
          setting={setting}
          drop={drop}
          shownDrop={tuned.drop}
          onDrop={tuned.setDrop}
        />
        <PastReleases start={start} setting={setting} />
      </div>
    </div>
  );
}
