/**
 * Writes the figures of `bench/results` into the tables of the pages, between the marks
 * `<!-- figures: NAME -->` and `<!-- end -->`, so that no number is typed by hand.
 *
 *   node bench/tables.ts
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CLASS_FIGURES } from './class-tables.ts';
import { DISCOVERY_FIGURES } from './discovery-tables.ts';
import { file, ms, number, percent, resultsOf, table } from './figures.ts';
import { OVERLAP_FIGURES } from './near-duplicate-tables.ts';
import type { Cost } from './processes.ts';
import { SLICES } from './simulation/reference.ts';
import type { Share } from './simulation/share.ts';
import { STUDIO_FIGURES } from './studio-tables.ts';

interface SimulationRow {
  readonly key: string;
  readonly gate: string;
  readonly rho: number;
  readonly slices: number;
  readonly falseBlock: Share;
  readonly falseReview: Share;
  readonly benignBlock: Share;
  readonly miss: Share;
  readonly missBeyondReview: Share;
  readonly nomineesPerCleanRelease: number;
  readonly reference: { readonly falseBlock: number; readonly benign: number; readonly miss: number } | null;
}

interface AaRow {
  readonly key: string;
  readonly about?: string;
  readonly block: Share;
  readonly review: Share;
  readonly releaseReadsReviewOrBlock?: Share;
}

interface TextBaselineRow {
  readonly key: string;
  readonly own: TextBaselineFigures;
  readonly peer: TextBaselineFigures | null;
}

interface TextBaselineFigures {
  readonly features: number;
  readonly accuracy: number;
  readonly macroPrecision: number;
  readonly macroRecall: number;
  readonly cpuMs: number;
}

/** Ours and the peer's in turn. */
function textBaselineTable(): string {
  const cells = (one: TextBaselineFigures | null) =>
    one === null
      ? ['', '']
      : [
          `${one.accuracy.toFixed(4)} / ${one.macroPrecision.toFixed(4)} / ${one.macroRecall.toFixed(4)}`,
          ms(one.cpuMs),
        ];
  return table(
    ['features', 'ours: accuracy / precision / recall', 'CPU', 'scikit-learn: the same', 'CPU', 'CPU ratio'],
    resultsOf<TextBaselineRow>('text-baseline').map(({ key, own, peer }) => [
      key,
      ...cells(own),
      ...cells(peer),
      peer === null ? '' : (own.cpuMs / peer.cpuMs).toFixed(2),
    ]),
  );
}

/** Gates down, numbers of slices across; each cell as `cell` writes it. */
function simulationTable(
  rho: number,
  gates: readonly string[],
  cell: (row: SimulationRow) => string,
  referenceCell?: (reference: NonNullable<SimulationRow['reference']>) => string,
): string {
  const all = resultsOf<SimulationRow>('gate-simulation').filter((row) => row.rho === rho);
  const rowsOf = (gate: string) =>
    SLICES.map((slices) => all.find((row) => row.slices === slices && row.key.endsWith(`, ${gate}`)));
  return table(
    ['gate', ...SLICES.map((slices) => `${slices} slices`)],
    gates.flatMap((gate) => {
      const rows = rowsOf(gate);
      const title = rows.find((row) => row !== undefined)?.gate ?? gate;
      const ours = [title, ...rows.map((row) => (row === undefined ? '' : cell(row)))];
      const references = rows.map((row) => row?.reference ?? null);
      if (referenceCell === undefined || references.every((reference) => reference === null)) return [ours];
      return [ours, ['*reference*', ...references.map((r) => (r === null ? '' : `*${referenceCell(r)}*`))]];
    }),
  );
}

const blockAndMiss = (row: SimulationRow) =>
  `${percent(row.falseBlock)} [${percent(row.benignBlock)}] / ${percent(row.miss)}`;
const referenceBlockAndMiss = (r: NonNullable<SimulationRow['reference']>) =>
  `${number(r.falseBlock)} [${number(r.benign)}] / ${number(r.miss)}`;

const GATES = [
  'default',
  'min-p',
  'min-p-any-drop',
  'critical',
  'holm',
  'holm-any-drop',
  'tarone',
  'uncorrected',
  'raw-10',
];
const TWO_STAGES = ['two-stage-50', 'two-stage-150', 'two-stage-default'];

function aaTable(kind: 'paired' | 'halves', policy: string): string {
  const rows = resultsOf<AaRow>('gate-aa').filter(({ key }) => key.startsWith(`${kind}, ${policy}, `));
  const slices = [1, 2, 5, 10, 20, 50];
  const lines = [...new Set(rows.map(({ key }) => key.replace(/, \d+ slices$/, '')))];
  return table(
    ['cases per slice', ...slices.map((k) => `${k} slice${k === 1 ? '' : 's'}`)],
    lines.map((line) => [
      line
        .replace(`${kind}, ${policy}, `, '')
        .replace('rho 0.6, n', '10 % churn, n')
        .replace('rho 0.9, n', '2.5 % churn, n'),
      ...slices.map((k) => {
        const row = rows.find(({ key }) => key === `${line}, ${k} slices`);
        return row === undefined ? '' : `${percent(row.block)} / ${percent(row.review)}`;
      }),
    ]),
  );
}

function plainTable(rows: readonly AaRow[]): string {
  return table(
    ['releases in which nothing changed', 'blocked', '99 % lower bound', 'blocked or suspected'],
    rows.map(({ key, about, block, review }) => [
      about === undefined ? key : `${about} (${key})`,
      percent(block),
      number(100 * block.lower99),
      percent(review),
    ]),
  );
}

function rerunTable(): string {
  const rows = resultsOf<{
    key: string;
    block: Share;
    suspected: Share;
    miss: Share;
    missBeyondReview: Share;
  }>('gate-rerun');
  const ways = ['no rerun', 'rerun nominates', 'rerun may block'];
  const worlds = [...new Set(rows.map(({ key }) => key.split(', ').slice(0, 2).join(', ')))];
  return table(
    ['world', ...ways],
    worlds.map((world) => [
      world.replace('rho 0.6', '10 % churn').replace('rho 0.9', '2.5 % churn'),
      ...ways.map((way) => {
        const row = rows.find(({ key }) => key === `${world}, ${way}`);
        if (row === undefined) return '';
        return `${percent(row.block)} / ${percent(row.suspected)}; misses ${percent(row.miss)} / ${percent(row.missBeyondReview)}`;
      }),
    ]),
  );
}

function scaleTable(): string {
  const rows = resultsOf<{ key: string; gate: Cost; bareSql: Cost; wallRatio: number; cpuRatio: number }>(
    'gate-scale',
  );
  return table(
    ['input', 'slicewise gate', 'bare SQL', 'ratio wall / CPU', 'peak memory'],
    rows.map(({ key, gate, bareSql, wallRatio, cpuRatio }) => [
      key,
      ms(gate.wallMs),
      ms(bareSql.wallMs),
      `${wallRatio} / ${cpuRatio}`,
      `${gate.peakMb.toFixed(0)} MB (SQL ${bareSql.peakMb.toFixed(0)} MB)`,
    ]),
  );
}

function smallTable(): string {
  const rows = resultsOf<Cost & { key: string; wallRatio?: number; cpuRatio?: number }>('small-run');
  return table(
    ['', 'wall clock', 'CPU', 'peak memory'],
    rows.map((row) =>
      row.wallRatio === undefined
        ? [row.key, ms(row.wallMs), ms(row.cpuMs), `${row.peakMb.toFixed(0)} MB`]
        : [row.key, String(row.wallRatio), String(row.cpuRatio), ''],
    ),
  );
}

function flipsTable(): string {
  const rows = resultsOf<{
    key: string;
    seconds: number;
    movedMemberships: number;
    nsPerMembershipAndFlip: number;
    nsPerSliceAndFlip: number;
  }>('joint-flips');
  return table(
    [
      'joint sign flips',
      'time',
      'changed cases over all slices',
      'ns per changed case and flip',
      'ns per slice and flip',
    ],
    rows.map((row) => [
      row.key,
      `${row.seconds} s`,
      String(row.movedMemberships),
      String(row.nsPerMembershipAndFlip),
      String(row.nsPerSliceAndFlip),
    ]),
  );
}

const FIGURES: Readonly<Record<string, () => string>> = {
  'churn 10': () => simulationTable(0.6, GATES, blockAndMiss, referenceBlockAndMiss),
  'churn 2.5': () => simulationTable(0.9, GATES, blockAndMiss, referenceBlockAndMiss),
  'reviews 10': () =>
    simulationTable(
      0.6,
      ['default', 'min-p', 'critical'],
      (row) => `${percent(row.falseReview)} / ${percent(row.missBeyondReview)}`,
    ),
  'reviews 2.5': () =>
    simulationTable(
      0.9,
      ['default', 'min-p', 'critical'],
      (row) => `${percent(row.falseReview)} / ${percent(row.missBeyondReview)}`,
    ),
  'two stages 10': () =>
    simulationTable(
      0.6,
      TWO_STAGES,
      (row) => `${blockAndMiss(row)}; ${row.nomineesPerCleanRelease.toFixed(2)} nominees`,
      referenceBlockAndMiss,
    ),
  'two stages 2.5': () =>
    simulationTable(
      0.9,
      TWO_STAGES,
      (row) => `${blockAndMiss(row)}; ${row.nomineesPerCleanRelease.toFixed(2)} nominees`,
      referenceBlockAndMiss,
    ),
  pairs: () => aaTable('paired', 'default'),
  'pairs every size': () => aaTable('paired', 'minCases 1'),
  halves: () => aaTable('halves', 'default'),
  'halves every size': () => aaTable('halves', 'minCases 1'),
  'floors and looks': () =>
    plainTable(resultsOf<AaRow>('gate-aa').filter(({ key }) => /^(?:floor|30)/.test(key))),
  'whole pipeline': () => plainTable(resultsOf<AaRow>('gate-aa-files')),
  rerun: rerunTable,
  'small run': smallTable,
  scale: scaleTable,
  'joint flips': flipsTable,
  ...CLASS_FIGURES,
  'text baseline': textBaselineTable,
  ...OVERLAP_FIGURES,
  ...DISCOVERY_FIGURES,
  ...STUDIO_FIGURES,
};

const PAGES = [
  'methods/class-metrics.md',
  'methods/gate.md',
  'methods/slice-discovery.md',
  'methods/dimensions.md',
  'performance.md',
];

for (const path of PAGES.map((page) => file(`../docs/${page}`))) {
  if (!existsSync(path)) continue;
  const text = readFileSync(path, 'utf8').replaceAll(
    /(<!-- figures: (.*?) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (_whole, open: string, name: string, close: string) => {
      const figures = FIGURES[name];
      if (figures === undefined) throw new Error(`${path} asks for the figures ${name}, which there are not`);
      return `${open}\n${figures()}\n${close}`;
    },
  );
  writeFileSync(path, text);
}
