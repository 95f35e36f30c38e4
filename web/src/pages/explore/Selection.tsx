/** What is selected: how many cases, the metric before and after, the filters as chips, and what to do with it. */

import { visible } from '../../../../src/reports/format/visible.ts';
import type {
  ExploreChoice,
  ExploreCounts,
  ExploreDimensions,
  ExploreLine,
} from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { SelectionActions } from './links.tsx';
import type { FilterState } from './use-filter.ts';

export interface SelectionProps {
  readonly dimensions: ExploreDimensions;
  readonly counts: ExploreCounts;
  readonly filter: readonly ExploreChoice[];
  readonly choose: FilterState['choose'];
  readonly onClear: () => void;
}

export function Selection({ dimensions, counts, filter, choose, onClear }: SelectionProps) {
  const { all, selected, definition } = counts;
  const outcome = filter.find(({ dimension }) => dimension === '(outcome)');
  const isAll = filter.length === 0;
  return (
    <section className="panel selection" aria-label="Selection">
      <div className="selection-lines">
        <p className="selection-count" role="status">
          <strong>{countText(selected.cases)}</strong> of {countText(all.cases)} cases
        </p>
        <Line {...{ dimensions, line: selected }} name={isAll ? 'All cases' : 'Selected'} />
        {isAll ? null : <Line {...{ dimensions, line: all }} name="All cases" isQuiet />}
      </div>
      <div className="selection-tools">
        <Chips {...{ dimensions, filter, choose, onClear }} />
        <SelectionActions
          definition={definition}
          outcome={outcome}
          seenIn="cross-filter"
          name={nameOf(dimensions, filter)}
          cases={selected.cases}
        />
      </div>
      {isAll || definition.whyNot === null ? null : (
        <p className="muted dimension-note">
          Not to be saved: <HostileText text={definition.whyNot} most={300} />.
        </p>
      )}
    </section>
  );
}

function Line({
  dimensions: { metric, paired },
  line,
  name,
  isQuiet = false,
}: {
  readonly dimensions: ExploreDimensions;
  readonly line: ExploreLine;
  readonly name: string;
  readonly isQuiet?: boolean;
}) {
  const unit = metric.isRate ? 'rate' : 'number';
  const higherIsBetter = metric.direction === 'higher';
  return (
    <dl className={`selection-line ${isQuiet ? 'muted' : ''}`} aria-label={name}>
      <div className="selection-name">
        <dt className="visually-hidden">Cases</dt>
        <dd>{name}</dd>
      </div>
      {paired ? (
        <div>
          <dt>before</dt>
          <dd>
            <EstimateText of={line.before} unit={unit} />
          </dd>
        </div>
      ) : null}
      <div>
        <dt>{paired ? 'after' : metric.name}</dt>
        <dd>
          <EstimateText of={line.after} unit={unit} />
        </dd>
      </div>
      {paired ? (
        <>
          <div>
            <dt>change</dt>
            <dd>
              <DeltaText of={line.delta} {...{ unit, higherIsBetter }} />
            </dd>
          </div>
          <div>
            <dt>lost, gained</dt>
            <dd className="number">
              <span className="loss">▼&nbsp;{countText(line.lost)}</span>{' '}
              <span className="gain">▲&nbsp;{countText(line.gained)}</span>
            </dd>
          </div>
        </>
      ) : null}
      {line.weighted === null ? null : (
        <div>
          <dt>after, weighted</dt>
          <dd>
            <EstimateText of={line.weighted} unit={unit} />
          </dd>
        </div>
      )}
    </dl>
  );
}

function Chips({ dimensions, filter, choose, onClear }: Omit<SelectionProps, 'counts'>) {
  if (filter.length === 0) {
    return <p className="muted chips">No filter: click a bar, or drag over a histogram.</p>;
  }
  return (
    <ul className="chips" aria-label="Filters">
      {filter.map((choice) => {
        const text = choiceText(dimensions, choice);
        return (
          <li key={choice.dimension} className="filter-chip">
            <HostileText text={text} most={90} />
            <button
              type="button"
              className="chip-clear"
              aria-label={`Clear ${harmless(text, 200)}`}
              onClick={() => choose(choice.dimension, [])}
            >
              ✕
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" className="button quiet" onClick={onClear}>
          Clear all
        </button>
      </li>
    </ul>
  );
}

/** `plan: free or pro`; ranges from the first to the last. */
export function choiceText({ dimensions }: ExploreDimensions, { dimension, values }: ExploreChoice): string {
  const own = dimensions.find(({ id }) => id === dimension);
  if (own === undefined) return `${dimension}: not in these results`;
  const chosen = own.values.filter(({ key }) => values.includes(key));
  const labels = chosen.map(({ label }) => (label === '' ? '(empty text)' : label));
  if (own.edges !== null && labels.length > 2) return `${own.label}: ${labels[0]} to ${labels.at(-1)}`;
  if (labels.length > 3)
    return `${own.label}: ${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`;
  return `${own.label}: ${labels.length === 0 ? 'nothing' : labels.join(' or ')}`;
}

/** What the slice is called at first: the filters, without the outcome. */
function nameOf(dimensions: ExploreDimensions, filter: readonly ExploreChoice[]): string {
  return visible(
    filter
      .filter(({ dimension }) => dimension !== '(outcome)')
      .map((choice) => choiceText(dimensions, choice))
      .join(', '),
  ).slice(0, 120);
}
