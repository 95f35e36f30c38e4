/** Which runs are compared, always in sight: where there is no room, folders go first, for they tell runs apart least. */

import { visible } from '../../../src/reports/format/visible.ts';
import type { StudioStatus } from '../../../src/studio/contract/index.ts';
import { countOf } from '../format/numbers.ts';
import { nameParts } from './name-parts.ts';

type Ready = Extract<StudioStatus, { readonly state: 'ready' }>;

export function RunNames({ status: { baseline, candidate, cases } }: { readonly status: Ready }) {
  const parts = nameParts(baseline, candidate);
  return (
    <p
      className="run-names"
      title={visible([baseline, candidate].filter((name) => name !== null).join(' → '))}
    >
      {baseline === null ? null : (
        <span className="run-name">
          <RunName {...parts.baseline} />
          <span className="run-arrow" aria-hidden="true">
            →
          </span>
          <span className="visually-hidden">compared with the candidate</span>
        </span>
      )}
      <span className="run-name">
        <RunName {...parts.candidate} />
      </span>
      <span className="muted run-cases">· {countOf(cases, 'case')}</span>
    </p>
  );
}

function RunName({ folder, file }: { readonly folder: string; readonly file: string }) {
  return (
    <span className="run-parts">
      {folder === '' ? null : <bdi className="run-folder">{visible(folder)}</bdi>}
      <bdi className="run-file">{visible(file)}</bdi>
    </span>
  );
}
