/** The tools over the slices: search, filters with counts, grouping. */

import { useMemo } from 'react';
import type { SliceRow, SlicesAnswer } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { SearchBox, Select } from '../../ui/controls.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { FILTERS, type Filter, filterCounts, NONE, type Selection } from './select-rows.ts';

const NAMES: Readonly<Record<Filter, { readonly label: string; readonly all: string }>> = {
  verdict: { label: 'Verdict', all: 'All verdicts' },
  grade: { label: 'Evidence', all: 'All evidence' },
  role: { label: 'Role', all: 'All roles' },
  dimension: { label: 'Dimension', all: 'All dimensions' },
  family: { label: 'Family', all: 'All families' },
  owner: { label: 'Owner', all: 'All owners' },
};

const ROLES: ReadonlyMap<string, string> = new Map([
  ['gated', 'gated'],
  ['shown', 'shown, not gated'],
  ['remainder', 'remainder (untagged, missing, changed)'],
]);

const GROUPS = [
  { value: '', label: 'Not grouped' },
  { value: 'dimension', label: 'By dimension' },
  { value: 'family', label: 'By family' },
  { value: 'verdict', label: 'By verdict' },
] as const;

/** Longest list of a filter; rarer values are found by the search. */
const MOST = 60;

/** Filters with one value alone say nothing and are left out. */
export function SliceFilters({
  rows,
  metrics,
  selection,
  group,
  onChange,
}: {
  readonly rows: readonly SliceRow[];
  readonly metrics: SlicesAnswer['metrics'];
  readonly selection: Selection;
  readonly group: string;
  readonly onChange: (change: Readonly<Record<string, string>>, how?: { readonly replace?: boolean }) => void;
}) {
  const countsOf = useMemo(
    () => FILTERS.map((filter) => filterCounts(rows, selection, filter)),
    [rows, selection],
  );
  return (
    <search className="slice-tools" aria-label="Filters">
      <SearchBox
        label="Search slices"
        value={selection.q}
        placeholder="Search slices ( / )"
        onChange={(q) => onChange({ q }, { replace: true })}
      />
      {metrics.length < 2 ? null : (
        <Select
          label="Metric"
          hideLabel
          value={selection.metric}
          choices={metrics.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(metric) => onChange({ metric })}
        />
      )}
      {FILTERS.map((filter, i) => {
        const counts = countsOf[i]!;
        if (counts.length < 2 && selection[filter] === '') return null;
        const choices = counts.slice(0, MOST).map(({ value, rows: count }) => ({
          value,
          label: `${choiceName(filter, value)} (${countText(count)})`,
        }));
        return (
          <Select
            key={filter}
            label={NAMES[filter].label}
            hideLabel
            value={selection[filter]}
            choices={[{ value: '', label: NAMES[filter].all }, ...choices]}
            onChange={(value) => onChange({ [filter]: value })}
          />
        );
      })}
      <Select
        label="Group rows"
        hideLabel
        value={group}
        choices={GROUPS}
        onChange={(next) => onChange({ group: next })}
      />
    </search>
  );
}

function choiceName(filter: Filter, value: string): string {
  if (value === NONE) return filter === 'verdict' ? 'no verdict' : `no ${filter}`;
  return filter === 'role' ? (ROLES.get(value) ?? shortened(value, 40)) : shortened(value, 40);
}
