/** Words and rows of `slicewise strategies`. */

import { type CsvTable, countOf, type Page, percentText } from '../../reports/index.ts';
import type { SimulatedRate } from '../rate.ts';
import type { Catch, StrategiesResult, StrategyRow } from '../strategies/strategies.ts';

/** The page. */
export function strategiesPage(result: StrategiesResult): Page {
  const { strategies, targets, drop } = result;
  const right = (header: string) => ({ header, align: 'right' as const });
  return {
    answers: [{ label: 'Verdicts', text: verdictLine(strategies) }],
    tables: [
      {
        title: `Per 100 unchanged releases; per 100 with a drop of ${percentText(drop)} points in one slice`,
        columns: [
          { header: 'strategy', align: 'left' },
          { header: 'says', align: 'left' },
          right('blocks'),
          right('reviews'),
          ...targets.map(({ kind }) => right(HEADERS[kind])),
        ],
        rows: strategies.map(({ name, verdict, falseBlocks, falseReviews, catches }) => [
          name,
          verdict,
          percentText(falseBlocks.rate),
          percentText(falseReviews.rate),
          ...catches.map(catchText),
        ]),
        most: strategies.length,
      },
    ],
    notes: [
      ...strategies.map(({ name, explanation }) => `${name}: ${explanation}`),
      ...explanations(result),
      ...result.notes,
    ],
  };
}

const HEADERS = { average: 'any', smallest: 'smallest', chosen: 'chosen' } as const;

/** Blocked, and in brackets blocked or reviewed where that is more: `24 (57)`. */
function catchText({ blocked, flagged }: Catch): string {
  const text = percentText(blocked.rate, 0);
  return flagged.count === blocked.count ? text : `${text} (${percentText(flagged.rate, 0)})`;
}

function verdictLine(strategies: readonly StrategyRow[]): string {
  const of = (verdict: StrategyRow['verdict']) =>
    strategies.filter((strategy) => strategy.verdict === verdict).length;
  const ours = strategies.at(-1)?.verdict ?? 'PASS';
  return `of ${countOf(strategies.length, 'way', 'ways')} to gate this release ${of('BLOCK')} block, ${of('REVIEW')} ask for review and ${of('PASS')} pass; this gate: ${ours}`;
}

function explanations({ mode, method, runs, seed, targets, strategies }: StrategiesResult): string[] {
  const widest = Math.max(
    ...strategies
      .flatMap(({ falseBlocks, falseReviews, catches }) => [
        falseBlocks,
        falseReviews,
        ...catches.flatMap(({ blocked, flagged }) => [blocked, flagged]),
      ])
      .map(halfWidth),
  );
  const where = targets.map(({ kind, slice, slices }) => {
    if (kind === 'average') return `any, ${countOf(slices, 'gated slice')} in turn`;
    return `${HEADERS[kind]}, ${slice?.value} (n = ${slice?.n})`;
  });
  return [
    `unchanged releases by ${mode} (${method}), ${countOf(runs, 'release')}, seed ${seed}: every percentage is within ${percentText(widest)} points (95%)`,
    ...(where.length === 0 ? [] : [`where the drop is planted: ${where.join('; ')}`]),
    'a percentage in brackets counts reviews too; a rule catches a loss when it accuses the slice that has it, and a rule on a mean, which accuses no slice, whenever it blocks',
  ];
}

function halfWidth({ rate, lower, upper }: SimulatedRate): number {
  return Math.max(upper - rate, rate - lower);
}

/** One row per strategy and series of planted losses; rates with their intervals, unrounded. */
export function strategiesCsv({
  strategies,
  targets,
  drop,
  runs,
  seed,
  runHash,
}: StrategiesResult): CsvTable {
  const header = ['runHash', 'seed', 'releases', 'id', 'name', 'verdict'];
  const rates = ['falseBlocks', 'falseReviews'].flatMap(threeNames);
  const caught = targets.flatMap(({ kind }) =>
    ['Blocked', 'Flagged'].flatMap((what) => threeNames(`${kind}${what}`)),
  );
  return [
    [...header, ...rates, 'drop', ...caught],
    ...strategies.map(({ id, name, verdict, falseBlocks, falseReviews, catches }) => [
      runHash,
      seed,
      runs,
      id,
      name,
      verdict,
      ...threeOf(falseBlocks),
      ...threeOf(falseReviews),
      drop,
      ...catches.flatMap(({ blocked, flagged }) => [...threeOf(blocked), ...threeOf(flagged)]),
    ]),
  ];
}

function threeNames(name: string): string[] {
  return [name, `${name}Lower`, `${name}Upper`];
}

function threeOf({ rate, lower, upper }: SimulatedRate): number[] {
  return [rate, lower, upper];
}
