/** Ways from a selection to other pages, and to the configuration. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ExploreChoice, ExploreDefinition, SliceToSave } from '../../../../src/studio/contract/index.ts';
import { SaveSlice } from './SaveSlice.tsx';

/** Classes of the cases page, by what became of a case. */
const CLASSES: Readonly<Record<string, string>> = {
  '=lost': 'lost',
  '=worse': 'lost',
  '=gained': 'gained',
  '=better': 'gained',
  '=failing': 'failed',
  '=kept': 'passed',
  '=same': 'passed,failed,between',
};

export interface SelectionActionsProps {
  readonly definition: ExploreDefinition;
  /** The choice of the outcome, which is no part of the predicate. */
  readonly outcome?: ExploreChoice | undefined;
  readonly seenIn: SliceToSave['seenIn'];
  /** What the slice is called at first. */
  readonly name: string;
  readonly cases: number;
  /** Why it cannot be saved although it has a predicate. */
  readonly whyNotSaved?: string | null;
}

/** "Show these cases" and "Save as slice", or why not. */
export function SelectionActions(props: SelectionActionsProps) {
  const { definition, outcome, seenIn, name, cases, whyNotSaved = null } = props;
  const [saving, setSaving] = useState(false);
  const flip = (outcome?.values ?? []).map((key) => CLASSES[key] ?? '').join(',');
  const where = definition.predicate;
  const canList = definition.isListable && cases > 0;
  const reason = definition.whyNot ?? whyNotSaved;
  return (
    <div className="toolbar">
      {canList ? (
        <Link
          className="button"
          to="/cases"
          search={{ ...(where === null ? {} : { where }), ...(flip === '' ? {} : { flip }) } as never}
        >
          Show these cases
        </Link>
      ) : (
        <button
          type="button"
          className="button"
          disabled
          title={
            cases === 0
              ? 'There is no case to show.'
              : definition.derived.length > 0
                ? `Single cases have no column ${definition.derived.join(', ')}.`
                : 'These cases cannot be named by a condition on one row.'
          }
        >
          Show these cases
        </button>
      )}
      <button
        type="button"
        className="button primary"
        disabled={where === null || reason !== null}
        title={reason ?? undefined}
        onClick={() => setSaving(true)}
      >
        Save as slice…
      </button>
      {where === null ? null : (
        <SaveSlice
          open={saving}
          onOpenChange={setSaving}
          {...{ predicate: where, seenIn, name, derived: definition.derived }}
        />
      )}
    </div>
  );
}
