/** Names what was selected and writes it into slicewise.yaml. */

import { useId, useState } from 'react';
import type { SliceToSave } from '../../../../src/studio/contract/index.ts';
import { useSource, useStudio, useStudioWrite } from '../../data/hooks.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { Problems } from '../../ui/states.tsx';

export interface SaveSliceProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly predicate: string;
  readonly seenIn: SliceToSave['seenIn'];
  readonly name: string;
  /** Columns that the gate computes. */
  readonly derived: readonly string[];
}

export function SaveSlice(props: SaveSliceProps) {
  return (
    <Sheet title="Save as slice" open={props.open} onOpenChange={props.onOpenChange}>
      {props.open ? <SaveForm {...props} /> : null}
    </Sheet>
  );
}

function SaveForm({ predicate, seenIn, name: proposed, derived, onOpenChange }: SaveSliceProps) {
  const id = useId();
  const source = useSource();
  const status = useStudio('status', {});
  const [name, setName] = useState(proposed.slice(0, 200));
  const save = useStudioWrite('save-slice', []);
  const file = status.data?.state === 'ready' ? status.data.configFile : null;
  if (source.kind === 'embedded') {
    return (
      <>
        <p>This file cannot write to a configuration. Add these lines to slicewise.yaml yourself:</p>
        <Copyable text={entryOf(name, predicate)} what="the entry" />
      </>
    );
  }
  if (save.data !== undefined) {
    return (
      <>
        <p role="status">
          <strong>
            <HostileText text={save.data.name} most={200} />
          </strong>
          {save.data.known ? ' was not written. ' : ' is saved. '}
          <HostileText text={save.data.statement} />
        </p>
        <button type="button" className="button primary" onClick={() => onOpenChange(false)}>
          Done
        </button>
      </>
    );
  }
  return (
    <form
      className="save-slice"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ name, predicate, seenIn });
      }}
    >
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Name
        </label>
        <input
          id={id}
          className="input"
          value={name}
          maxLength={200}
          required
          autoComplete="off"
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <p className="field-label">Cases for which this holds</p>
      <Copyable text={predicate} what="the predicate" />
      <h3>What will happen</h3>
      <ul>
        <li>
          {file === null ? (
            'No configuration was read, so nothing can be written: slicewise init writes one.'
          ) : (
            <>
              One entry is added to <code>{file}</code> under <code>slices:</code>; all other lines and
              comments stay.
            </>
          )}
        </li>
        <li>
          These results suggested the slice, so they cannot prove it as well: a gate on the same results shows
          it, and it gates from the next data on.
        </li>
        {derived.length === 0 ? null : (
          <li>
            The gate computes <HostileText text={derived.join(', ')} most={200} /> from the rows each time.
          </li>
        )}
      </ul>
      {save.error === null ? null : <Problems title="Nothing was written" problems={save.error.problems} />}
      <div className="toolbar">
        <button
          type="submit"
          className="button primary"
          disabled={save.isPending || name.trim() === '' || file === null}
        >
          {save.isPending ? 'Saving …' : 'Save'}
        </button>
        <button type="button" className="button" onClick={() => onOpenChange(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** The entry as YAML; JSON texts are YAML texts. */
function entryOf(name: string, predicate: string): string {
  return `slices:\n  - name: ${JSON.stringify(name)}\n    where: ${JSON.stringify(predicate)}\n`;
}
