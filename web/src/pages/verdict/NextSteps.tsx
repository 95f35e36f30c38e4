/** What to do next: commands that can be copied, and what each settles. */

import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { useSource } from '../../data/hooks.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';

export function NextSteps({ answer: { next: all, notes } }: { readonly answer: ReleaseAnswer }) {
  const { kind } = useSource();
  // Who reads this in the studio has it open.
  const next = all.filter(({ command }) => kind === 'embedded' || !command.startsWith('slicewise studio'));
  return (
    <>
      {next.length === 0 ? <p>Nothing: the answer stands as it is.</p> : null}
      <ol className="next-steps">
        {next.map(({ command, settles }) => (
          <li key={command}>
            <HostileText sentence text={settles} most={300} />
            <Copyable text={command} what={`the command: ${settles}`} />
          </li>
        ))}
      </ol>
      {notes.length === 0 ? null : (
        <details>
          <summary>
            {notes.length === 1 ? 'One note' : `${notes.length} notes`} on how the files were read
          </summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>
                <HostileText text={note} most={600} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
