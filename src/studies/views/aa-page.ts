/** Words and rows of `slicewise aa`. */

import { type CsvTable, countOf, type Page, type PageTable, percentText } from '../../reports/index.ts';
import type { AaResult } from '../aa/aa.ts';
import type { AaMode } from '../aa/mode.ts';
import type { SimulatedRate } from '../rate.ts';

const ROWS = 10;

/** The page. */
export function aaPage(result: AaResult): Page {
  const { modes, budgets } = result;
  const [main] = modes;
  return {
    answers: [
      { label: 'Blocks', text: answer(main.blocked, budgets.block, main.aboveBlockBudget) },
      {
        label: 'Reviews',
        text: `${per100(main.reviewed)}; blocked or reviewed ${cell(main.flagged)}, ${stateOf(main.flagged, budgets.review, main.aboveReviewBudget)}`,
      },
    ],
    tables: [modesTable(result), ...modes.map(slicesTable)],
    notes: [...modes.flatMap((mode) => modeNotes(mode, result)), ...explanations(result), ...result.notes],
  };
}

/** `2.1 of 100 unchanged releases (1.4 to 3.2)`. */
function per100(rate: SimulatedRate): string {
  return `${percentText(rate.rate)} of 100 unchanged releases (${percentText(rate.lower)} to ${percentText(rate.upper)})`;
}

function answer(rate: SimulatedRate, budget: number, isAbove: boolean): string {
  return `${per100(rate)}, ${stateOf(rate, budget, isAbove)}`;
}

function stateOf({ rate }: SimulatedRate, budget: number, isAbove: boolean): string {
  const of = `the budget of ${percentText(budget, 0)}`;
  if (isAbove) return `ABOVE ${of}`;
  return rate <= budget ? `within ${of}` : `above ${of} by no more than chance`;
}

function cell({ rate, lower, upper }: SimulatedRate): string {
  return `${percentText(rate)} (${percentText(lower)}-${percentText(upper)})`;
}

function modesTable({ modes, budgets }: AaResult): PageTable {
  const right = (header: string) => ({ header, align: 'right' as const });
  return {
    title: null,
    columns: [
      { header: 'per 100 unchanged', align: 'left' },
      right('slices'),
      right('blocks'),
      right('reviews'),
      right('either'),
    ],
    rows: [
      ...modes.map((mode) => [
        mode.mode,
        mode.testedSlices.toFixed(1),
        cell(mode.blocked) + (mode.aboveBlockBudget ? ' !' : ''),
        cell(mode.reviewed),
        cell(mode.flagged) + (mode.aboveReviewBudget ? ' !' : ''),
      ]),
      ['budget', '', percentText(budgets.block, 0), '', percentText(budgets.review, 0)],
    ],
    most: modes.length + 1,
  };
}

function slicesTable({ mode, slices, releases }: AaMode): PageTable {
  return {
    title: `Which slices: ${mode}`,
    columns: [
      { header: 'slice', align: 'left' },
      { header: 'blocks /100', align: 'right' },
      { header: 'reviews /100', align: 'right' },
    ],
    rows: slices.map(({ dimension, value, blocks, reviews }) => [
      value === '' ? `${dimension}=` : value,
      percentText(blocks / releases),
      percentText(reviews / releases),
    ]),
    most: ROWS,
  };
}

function modeNotes(mode: AaMode, { budgets }: AaResult): string[] {
  const { blockedBy, reviewedFor, releases } = mode;
  const share = (count: number) => percentText(count / releases);
  return [
    ...(blockedBy.floor + reviewedFor.floor > 0
      ? [
          `${mode.mode}, by cause: blocks for a loss ${share(blockedBy.loss)}, for a floor ${share(blockedBy.floor)}; reviews for a loss ${share(reviewedFor.loss)}, for a floor ${share(reviewedFor.floor)} (a release can have several)`,
        ]
      : []),
    ...(mode.undecidedCritical.count > 0
      ? [
          `${mode.mode}: ${percentText(mode.undecidedCritical.rate)} of 100 are held up by nothing but critical slices without evidence either way; they are not counted as false alarms`,
        ]
      : []),
    ...(mode.nothingTested.count > 0
      ? [
          `${mode.mode}: in ${percentText(mode.nothingTested.rate)} of 100 no slice has enough cases to be tested`,
        ]
      : []),
    ...(mode.aboveBlockBudget || mode.aboveReviewBudget
      ? [
          `! ${mode.mode} is above a budget (${percentText(budgets.block, 0)} blocked, ${percentText(budgets.review, 0)} blocked or reviewed) beyond chance: the one-sided 99% lower bound is`,
        ]
      : []),
  ];
}

const MEANING = {
  'label swap':
    'label swap: each case swaps its two results with probability 1/2, in all slices and metrics at once',
  relabelled: 'relabelled: the cases of both runs are dealt anew to two runs of the same sizes',
  'split halves':
    'split halves: one run is dealt into two halves that share no case, so slices have half their cases',
} as const;

function explanations({ modes, runs, seed }: AaResult): string[] {
  return [
    ...modes.map(({ mode, method, pairing }) => `${MEANING[mode]} (${pairing} tests; ${method})`),
    `${countOf(runs, 'release')} of each kind, seed ${seed}; 95% Wilson intervals; slices: those with enough cases to be tested, on average`,
    `the next report on these very results, under this policy, quotes the ${modes[0].mode}`,
  ];
}

/** One row per kind and slice that raised an alarm, and one per kind for the release; counts of releases. */
export function aaCsv({ modes, runHash, seed }: AaResult): CsvTable {
  return [
    [
      'runHash',
      'seed',
      'mode',
      'pairing',
      'releases',
      'id',
      'metric',
      'dimension',
      'value',
      'blocks',
      'reviews',
    ],
    ...modes.flatMap(({ mode, pairing, releases, blocked, reviewed, slices }) => [
      [runHash, seed, mode, pairing, releases, null, null, null, null, blocked.count, reviewed.count],
      ...slices.map(({ id, metric, dimension, value, blocks, reviews }) => [
        runHash,
        seed,
        mode,
        pairing,
        releases,
        id,
        metric,
        dimension,
        value,
        blocks,
        reviews,
      ]),
    ]),
  ];
}
