/** Writes the tried rules into slicewise.yaml. */

import { diffLines } from 'diff';
import type { PolicyStart, WrittenPolicy } from '../../../../src/studio/contract/index.ts';
import { useStudioWrite } from '../../data/hooks.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed } from '../../ui/states.tsx';
import type { Tuned } from './use-setting.ts';

export function SavePolicy({ start, tuned }: { readonly start: PolicyStart; readonly tuned: Tuned }) {
  const write = useStudioWrite('policy-write', []);
  return (
    <div className="policy-save">
      <div className="toolbar">
        <button
          type="button"
          className="button primary"
          disabled={start.configFile === null || !tuned.changed || write.isPending}
          onClick={() => write.mutate(tuned.setting)}
        >
          Write to {start.configFile ?? 'slicewise.yaml'}
        </button>
        <button type="button" className="button" disabled={!tuned.changed} onClick={tuned.reset}>
          Back to the configured rules
        </button>
      </div>
      {start.configFile === null ? (
        <p className="muted">
          The studio was started with flags alone. <code>slicewise init</code> writes a configuration to tune.
        </p>
      ) : null}
      <div role="status">
        {write.error ? <Failed error={write.error} /> : null}
        {write.data ? <Written written={write.data} /> : null}
      </div>
    </div>
  );
}

function Written({ written }: { readonly written: WrittenPolicy }) {
  const parts = diffLines(written.before, written.after).filter(({ added, removed }) => added || removed);
  if (parts.length === 0) return <p>The file says so already; nothing was written.</p>;
  return (
    <>
      <p>
        Written to <HostileText text={written.file} most={200} />. The next gate uses it; this studio still
        shows the release as it was gated.
      </p>
      <pre className="policy-diff">
        {parts.map(({ value, added }, i) => (
          <div key={i} className={added ? 'gain' : 'loss'}>
            <HostileText text={value.replace(/^/gm, added ? '+ ' : '− ').replace(/\n[+−] $/, '')} block />
          </div>
        ))}
      </pre>
    </>
  );
}
