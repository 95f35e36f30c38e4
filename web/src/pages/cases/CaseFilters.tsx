/** What narrows and orders the list: words, a predicate, classes, and what a link asked for. */

import { useMemo } from 'react';
import { CASE_CLASSES } from '../../../../src/counts/case-plan.ts';
import type { CaseFacts, CasesAnswer, PredicateProblem } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { SearchBox, Select } from '../../ui/controls.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { CLASS_LOOKS, classWord, SINGLE_CLASSES } from './case-class.tsx';
import { type CasesView, classesOf, isNarrowed, NO_CONDITIONS, toggledClass } from './cases-view.ts';
import { PredicateBox } from './PredicateBox.tsx';

type Listed = Extract<CasesAnswer, { readonly state: 'listed' }>;
type Change = (change: Partial<CasesView>, how?: { readonly replace?: boolean }) => void;

export interface CaseFiltersProps {
  readonly view: CasesView;
  readonly change: Change;
  readonly facts: CaseFacts | undefined;
  /** The newest list; undefined before the first. */
  readonly listed: Listed | undefined;
  readonly problem: PredicateProblem | null;
}

export function CaseFilters({ view, change, facts, listed, problem }: CaseFiltersProps) {
  const hasBaseline = facts?.hasBaseline ?? true;
  const orders = useMemo(() => orderChoices(facts), [facts]);
  return (
    <div className="case-filters">
      <div className="case-searches">
        <SearchBox
          label="Words in ids and texts"
          value={view.q}
          placeholder="Search ids and texts"
          onChange={(q) => change({ q }, { replace: true })}
        />
        <PredicateBox
          value={view.where}
          problem={problem}
          facts={facts}
          onChange={(where) => change({ where }, { replace: true })}
        />
      </div>
      <div className="case-orders">
        <Select
          label="Order"
          hideLabel
          value={view.order}
          choices={orders}
          onChange={(order) => change({ order })}
        />
        {(facts?.metrics.length ?? 0) > 1 ? (
          <Select
            label="Metric"
            hideLabel
            value={view.metric}
            choices={[
              { value: '', label: 'By the first metric' },
              ...(facts?.metrics ?? []).map(({ id, name }) => ({ value: id, label: `By ${name}` })),
            ]}
            onChange={(metric) => change({ metric })}
          />
        ) : null}
      </div>
      <fieldset className="case-chips">
        <legend className="visually-hidden">What became of the cases</legend>
        {shownClasses(view, facts, listed).map((name) => {
          const isOn = classesOf(view.flip).includes(name);
          const { sign, means } = CLASS_LOOKS[name];
          return (
            <button
              key={name}
              type="button"
              className="case-chip"
              aria-pressed={isOn}
              title={means}
              onClick={() => change({ flip: toggledClass(view.flip, name) })}
            >
              <span aria-hidden="true">{sign} </span>
              {classWord(name, hasBaseline)} <ChipCount count={listed?.byClass[name]} />
            </button>
          );
        })}
        {view.errors || (facts?.withErrors ?? 0) > 0 ? (
          <button
            type="button"
            className="case-chip"
            aria-pressed={view.errors}
            title="with an error in either run, whatever else became of them"
            onClick={() => change({ errors: !view.errors })}
          >
            <span aria-hidden="true">! </span>
            with an error <ChipCount count={listed?.withErrors} />
          </button>
        ) : null}
      </fieldset>
      <Conditions view={view} change={change} sliceLabel={listed?.sliceLabel ?? null} />
      {(listed?.notes ?? []).map((note) => (
        <p key={note} className="case-note">
          <HostileText text={note} />
        </p>
      ))}
    </div>
  );
}

/** The classes that the comparison has at all; more where a metric or the address says so. */
function shownClasses(view: CasesView, facts: CaseFacts | undefined, listed: Listed | undefined) {
  const chosen = classesOf(view.flip);
  const offered = facts?.hasBaseline === false ? SINGLE_CLASSES : CASE_CLASSES;
  return offered.filter(
    (name) => chosen.includes(name) || (facts?.byClass[name] ?? 1) > 0 || (listed?.byClass[name] ?? 0) > 0,
  );
}

function ChipCount({ count }: { readonly count: number | undefined }) {
  return <span className="case-chip-count number">{count === undefined ? '–' : countText(count)}</span>;
}

/** Conditions that came with a link, each with a button that takes it back. */
function Conditions({
  view,
  change,
  sliceLabel,
}: {
  readonly view: CasesView;
  readonly change: Change;
  readonly sliceLabel: string | null;
}) {
  const taken: readonly { readonly name: string; readonly back: () => void }[] = [
    ...(view.slice === ''
      ? []
      : [{ name: `slice ${sliceLabel ?? view.slice}`, back: () => change({ slice: '' }) }]),
    ...view.in.map((text) => ({
      name: text,
      back: () => change({ in: view.in.filter((one) => one !== text) }),
    })),
    ...(view.ids.length === 0
      ? []
      : [{ name: `${countText(view.ids.length)} cases of a link`, back: () => change({ ids: [] }) }]),
  ];
  if (!isNarrowed(view)) return null;
  return (
    <p className="case-conditions">
      {taken.map(({ name, back }) => (
        <button key={name} type="button" className="case-chip" onClick={back}>
          <span className="visually-hidden">Without </span>
          <HostileText text={name} most={80} /> <span aria-hidden="true">×</span>
        </button>
      ))}
      <button type="button" className="button quiet" onClick={() => change(NO_CONDITIONS)}>
        Show all cases
      </button>
    </p>
  );
}

/** Columns offered for the order; others can stand in the address. */
const MOST_COLUMNS = 40;

function orderChoices(facts: CaseFacts | undefined) {
  const columns = (facts?.columns ?? []).filter(({ distinct }) => distinct > 1).slice(0, MOST_COLUMNS);
  return [
    { value: 'drop', label: facts?.hasBaseline === false ? 'Worst first' : 'Largest loss first' },
    { value: '-drop', label: facts?.hasBaseline === false ? 'Best first' : 'Largest gain first' },
    { value: 'id', label: 'By case id' },
    { value: '-id', label: 'By case id, falling' },
    ...columns.flatMap(({ name }) => [
      { value: `column:${name}`, label: `By ${name}` },
      { value: `-column:${name}`, label: `By ${name}, falling` },
    ]),
  ];
}
