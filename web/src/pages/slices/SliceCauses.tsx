/** What stands behind the change of a slice: its part in the whole, its conditions, what its lost cases share. */

import { visible } from '../../../../src/reports/format/visible.ts';
import type { SliceAnswer, SliceCausesAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText, rateText } from '../../format/numbers.ts';
import { changeIn, changeUnit } from '../../format/units.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Loading, PartFailed } from '../../ui/states.tsx';

export function SliceCauses({ answer }: { readonly answer: SliceAnswer }) {
  const { data, error, refetch, isPlaceholderData } = useStudio('slice-causes', { id: answer.row.id });
  return (
    <section aria-label="What stands behind it">
      <h3>What stands behind it</h3>
      {error !== null ? (
        <PartFailed error={error} retry={() => void refetch()} />
      ) : data === undefined || isPlaceholderData ? (
        <Loading height={160} what="Counting what the lost cases share" />
      ) : (
        <>
          <Mix mix={data.mix} metric={answer.metric} />
          <Conditions parts={data.parts} metric={answer.metric} />
          <Features features={data.features} />
          <LeftOut columns={data.features?.leftOut ?? []} />
        </>
      )}
    </section>
  );
}

function Mix({
  mix,
  metric,
}: {
  readonly mix: SliceCausesAnswer['mix'];
  readonly metric: SliceAnswer['metric'];
}) {
  if (mix === null) return null;
  const unit = changeUnit(metric);
  const digits = (value: number) => (metric.isRate ? `${(value * 100).toFixed(2)}` : changeIn(metric, value));
  const signed = (value: number) => `${value > 0 ? '+' : ''}${digits(value).replace('-', '−')}`;
  const moved = Math.abs(mix.shareAfter - mix.shareBefore) > 1e-12;
  return (
    <p>
      All cases moved by {signed(mix.change)}
      {unit}. This slice adds <strong>{signed(mix.inside)}</strong> by what changed inside it
      {moved
        ? `, and ${signed(mix.mix)} because its share went from ${rateText(mix.shareBefore)} to ${rateText(mix.shareAfter)}`
        : `; its share of the cases stayed at ${rateText(mix.shareAfter)}, so none of it is a shifted mix`}
      .
    </p>
  );
}

function Conditions({
  parts,
  metric,
}: {
  readonly parts: SliceCausesAnswer['parts'];
  readonly metric: SliceAnswer['metric'];
}) {
  if (parts === null) return null;
  return (
    <table className="plain-table">
      <caption>
        What each condition adds to how far its change lies from that of all cases (Shapley values)
      </caption>
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col" className="number">
            Adds{changeUnit(metric)}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ name, contribution }) => (
          <tr key={name}>
            <td>
              <code>
                <HostileText text={name} most={200} />
              </code>
            </td>
            <td className="number">{changeIn(metric, contribution)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LeftOut({ columns }: { readonly columns: readonly string[] }) {
  if (columns.length === 0) return null;
  return (
    <p className="muted">
      Not looked at among so many cases: {visible(columns.join(', '))}. Explore cuts by them.
    </p>
  );
}

function Features({ features }: { readonly features: SliceCausesAnswer['features'] }) {
  if (features === null) {
    return <p className="muted">This metric has no lost cases one by one, so there is nothing to compare.</p>;
  }
  const { what, lost, others, found, ranked, columns } = features;
  if (lost === 0) return <p className="muted">No case {what === 'lost' ? 'was lost' : 'failed'}.</p>;
  if (found.length === 0) {
    return (
      <p className="muted">
        The {countOf(lost, `${what} case`)} {lost === 1 ? 'has' : 'have'} no value of{' '}
        {countOf(columns, 'other column')} clearly more often than the other {countText(others)}.
      </p>
    );
  }
  return (
    <table className="plain-table">
      <caption>
        More often among the {countText(lost)} {what} than among the other {countText(others)} cases of the
        slice. Of {countText(ranked)} values looked at; nothing is tested, it says where to look.
      </caption>
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col" className="number">
            Of {what}
          </th>
          <th scope="col" className="number">
            Of others
          </th>
        </tr>
      </thead>
      <tbody>
        {found.map((feature) => (
          <tr key={feature.token}>
            <td>
              <HostileText text={`${feature.column} = ${feature.value}`} most={120} />
            </td>
            <td className="number">{share(feature.lost, lost)}</td>
            <td className="number">{share(feature.others, others)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `7 of 9 (77.8%)`. */
export function share(some: number, all: number): string {
  return `${countText(some)} of ${countText(all)}${all === 0 ? '' : ` (${rateText(some / all)})`}`;
}
