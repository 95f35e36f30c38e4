/** False blocks, reviews and misses of the tried rules, with those of the configured ones and the budgets. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { PolicySetting, PolicyTrial, SimulatedRate } from '../../../../src/studio/contract/index.ts';
import { rateText } from '../../format/numbers.ts';
import { Figure } from '../../ui/Figure.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';

const HEIGHT = 240;

/** What the review budget bounds. */
const FALSE_ALARMS = 'false blocks or reviews';

interface RateRow {
  readonly what: string;
  readonly rules: 'tried' | 'configured';
  readonly rate: SimulatedRate;
}

export function RatesFigure({
  trial,
  configured,
  drop,
  setting,
}: {
  readonly trial: PolicyTrial;
  readonly configured: PolicyTrial | null;
  readonly drop: number;
  readonly setting: PolicySetting;
}) {
  const rows = useMemo(
    () => [
      ...(configured === null ? [] : rowsOf(configured, 'configured', drop)),
      ...rowsOf(trial, 'tried', drop),
    ],
    [trial, configured, drop],
  );
  const options = useMemo(() => plotOf(rows, setting), [rows, setting]);
  const { falseBlocks, misses } = trial;
  const average = misses.find(({ target }) => target === 'average');
  return (
    <Figure
      title="Errors of the rules"
      caption="Dots are shares of simulated releases with 95% intervals: filled for the rules tried here, hollow for the configured ones. Bars mark the budgets: the review budget bounds blocks and reviews together. A false alarm stops a release in which nothing changed; a miss lets a planted loss pass. Losses are planted in the slices that the configured rules test, the same for all rules."
      table={() => ({
        columns: ['what', 'rules', 'share', 'lower', 'upper', 'releases'],
        rows: rows.map(({ what, rules, rate }) => [
          what,
          rules,
          rate.rate,
          rate.lower,
          rate.upper,
          rate.releases,
        ]),
      })}
    >
      <PlotPicture
        height={HEIGHT}
        alt={`False blocks ${rateText(falseBlocks.rate)}${average === undefined ? '' : `, missed losses ${rateText(average.missed.rate)}`} of simulated releases.`}
        options={options}
      />
    </Figure>
  );
}

function rowsOf(
  { falseBlocks, falseAlarms, undecidedCritical, misses }: PolicyTrial,
  rules: RateRow['rules'],
  drop: number,
): readonly RateRow[] {
  const points = Math.round(drop * 100);
  return [
    { what: 'false blocks', rules, rate: falseBlocks },
    { what: FALSE_ALARMS, rules, rate: falseAlarms },
    // Where no slice is critical, none can hold a release up.
    ...(undecidedCritical.count > 0
      ? [{ what: 'critical, nothing shown', rules, rate: undecidedCritical }]
      : []),
    ...misses.flatMap(({ target, missed, notBlocked }) => {
      const where = target === 'smallest' ? 'the smallest' : 'any slice';
      return [
        { what: `missed: −${points} in ${where}`, rules, rate: missed },
        { what: `not blocked: −${points} in ${where}`, rules, rate: notBlocked },
      ];
    }),
  ];
}

function plotOf(rows: readonly RateRow[], { blockBudget, reviewBudget }: PolicySetting): Plot.PlotOptions {
  const budgets = [
    { what: 'false blocks', budget: blockBudget },
    { what: FALSE_ALARMS, budget: reviewBudget },
  ];
  const dy = ({ rules }: RateRow) => (rules === 'tried' ? 5 : -5);
  const marks = (['configured', 'tried'] as const).flatMap((rules) => {
    const own = rows.filter((row) => row.rules === rules);
    const shift = own[0] === undefined ? 0 : dy(own[0]);
    const colour = rules === 'tried' ? 'var(--after)' : 'var(--before)';
    return [
      Plot.ruleY(own, {
        y: 'what',
        x1: (row: RateRow) => row.rate.lower,
        x2: (row: RateRow) => row.rate.upper,
        stroke: colour,
        strokeWidth: 2,
        dy: shift,
      }),
      Plot.dot(own, {
        y: 'what',
        x: (row: RateRow) => row.rate.rate,
        r: 5,
        stroke: colour,
        strokeWidth: 2,
        fill: rules === 'tried' ? colour : 'var(--surface)',
        dy: shift,
      }),
    ];
  });
  return {
    marginLeft: 186,
    marginBottom: 40,
    marginRight: 16,
    x: {
      domain: [0, 1],
      tickFormat: (value: number) => `${Math.round(value * 100)}%`,
      grid: true,
      label: 'share of simulated releases',
    },
    y: { label: null, domain: [...new Set(rows.map(({ what }) => what))] },
    marks: [Plot.tickX(budgets, { x: 'budget', y: 'what', stroke: 'var(--mark)', strokeWidth: 3 }), ...marks],
  };
}
