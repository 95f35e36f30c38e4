/** One recorded gate in full. */

import type { RunRow } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { EstimateText } from '../../ui/Measures.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { ageText, timeText } from './runs-view.ts';

export function OpenRun({ run, onClose }: { readonly run: RunRow | null; readonly onClose: () => void }) {
  return (
    <Sheet title="One recorded gate" place="side" open={run !== null} onOpenChange={() => onClose()}>
      {run === null ? null : <RunFacts run={run} />}
    </Sheet>
  );
}

/** The name in the ledger, which is `main` or `baseline` where nobody gave one, and the files that it stood for. */
function nameAndFiles(name: string | null, files: readonly string[] | null): string | null {
  const listed = files?.join(', ') ?? '';
  if (name === null) return listed === '' ? null : listed;
  return listed === '' ? name : `${name} (${listed})`;
}

function RunFacts({ run }: { readonly run: RunRow }) {
  const { overall, instruments } = run;
  const facts: readonly (readonly [string, string])[] = [
    ['Recorded', `${timeText(run.at)} UTC, ${ageText(run.ageDays)} ago`],
    ['Candidate', nameAndFiles(run.candidate, run.candidateFiles) ?? 'no name'],
    ['Baseline', nameAndFiles(run.baseline, run.baselineFiles) ?? 'none'],
    ['Cases of the candidate', run.cases === null ? 'not recorded' : countText(run.cases)],
    ['Gated slices', countText(run.gated)],
    ['Decisions of people', countText(run.decisions)],
    ['Data set', told(instruments?.dataset)],
    ['Judge', told(instruments?.judge)],
    ['Prompt', told(instruments?.prompt)],
    ['Code', told(instruments?.code)],
    ['Commit', run.gitCommit ?? 'not told'],
    ['Results, candidate', run.candidateFingerprint],
    ['Results, baseline', run.baselineFingerprint ?? 'none'],
    ['Policy', run.policy ?? 'not told'],
    ['Run hash, for waivers', run.runHash],
    ['slicewise', run.codeVersion],
  ];
  return (
    <>
      <p>
        <VerdictBadge verdict={run.verdict} /> <HostileText text={run.ship} />
      </p>
      {overall === null ? null : (
        <p>
          Mean, not gated: <EstimateText of={overall.after} unit={overall.isRate ? 'rate' : 'number'} />
        </p>
      )}
      {run.unchanged ? <p>A system was compared with itself: its flips are noise.</p> : null}
      <dl className="facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <HostileText text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function told(texts: readonly string[] | undefined): string {
  return texts === undefined || texts.length === 0 ? 'not told' : texts.join(', ');
}
