/** One metric of the classes before and after, with intervals: the worst classes as a picture. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { ClassReport } from '../../../../src/studio/contract/index.ts';
import { countOf, rateText } from '../../format/numbers.ts';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import type { ClassRow } from './report-rows.ts';

/** Classes that are drawn; the table holds all. */
const MOST = 30;
const ROW = 22;
/** Characters of a name on the axis. */
const LONGEST = 20;

export function ClassFigure({
  report,
  rows,
  metric,
}: {
  readonly report: ClassReport;
  readonly rows: readonly ClassRow[];
  readonly metric: string;
}) {
  const drawn = useMemo(
    () =>
      rows.filter(({ support, value }) => support > 0 && value.candidate.estimate !== null).slice(0, MOST),
    [rows],
  );
  const options = useMemo(() => optionsOf(drawn), [drawn]);
  if (drawn.length === 0) return null;
  const compared = report.figures.pairing !== 'single run';
  const [worst] = drawn;
  return (
    <Figure
      title={`${metric} of ${drawn.length < rows.length ? `the ${drawn.length} worst of ${countOf(rows.length, 'class', 'classes')}` : 'each class'}: ${report.name}`}
      caption={`${compared ? 'Grey is before, blue after. ' : ''}Lines are ${report.figures.accuracy.candidate.level * 100}% intervals of each rate by itself; whether a class changed is told by the difference in the table, which is paired.`}
      table={() => ({
        columns: ['class', 'cases', 'before', 'before from', 'before to', 'after', 'after from', 'after to'],
        rows: rows.map(({ label, support, value: { baseline, candidate } }) => [
          label,
          support,
          ...[baseline, candidate].flatMap((one) => [
            one?.estimate ?? null,
            one?.lower ?? null,
            one?.upper ?? null,
          ]),
        ]),
      })}
    >
      <PlotPicture
        alt={`${metric} by class, worst first; the worst is ${worst!.label} with ${rateText(worst!.value.candidate.estimate)}.`}
        height={60 + drawn.length * ROW}
        options={options}
      />
    </Figure>
  );
}

function optionsOf(rows: readonly ClassRow[]): Plot.PlotOptions {
  const marks = rows.flatMap(({ label, support, value: { baseline, candidate } }) =>
    [
      { run: 'before', of: baseline, dy: -3 },
      { run: 'after', of: candidate, dy: 3 },
    ].flatMap(({ run, of, dy }) =>
      of === null || of.estimate === null ? [] : [{ label, support, run, dy, ...of }],
    ),
  );
  const side = (run: string) => marks.filter((mark) => mark.run === run);
  return {
    marginLeft: 30 + 6.8 * Math.max(...rows.map(({ label }) => [...shortened(label, LONGEST)].length)),
    marginRight: 16,
    x: { domain: [0, 1], label: null, tickFormat: '.0%', grid: true },
    y: {
      domain: rows.map(({ label }) => label),
      label: null,
      tickFormat: (label: string) => shortened(label, LONGEST),
    },
    marks: (['before', 'after'] as const).flatMap((run) => [
      Plot.ruleY(side(run), {
        y: 'label',
        x1: 'lower',
        x2: 'upper',
        stroke: `var(--${run})`,
        strokeWidth: 2,
        dy: run === 'before' ? -3 : 3,
      }),
      Plot.dot(side(run), {
        y: 'label',
        x: 'estimate',
        fill: run === 'before' ? 'var(--surface)' : 'var(--after)',
        stroke: `var(--${run})`,
        r: 4,
        symbol: run === 'before' ? 'circle' : 'diamond',
        dy: run === 'before' ? -3 : 3,
        tip: true,
        title: (mark: (typeof marks)[number]) =>
          `${shortened(mark.label, 60)}\n${run} ${rateText(mark.estimate)} (${rateText(mark.lower)} to ${rateText(mark.upper)}), ${countOf(mark.support, 'case')}`,
      }),
    ]),
  };
}
