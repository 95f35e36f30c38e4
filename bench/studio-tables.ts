/** The tables of the studio's speed. */

import { ms, resultsOf, table } from './figures.ts';

interface StudioRow {
  readonly key: string;
  readonly firstPaintMs: number;
  readonly readMs: number;
  readonly repaintP50: number;
  readonly repaintP95: number;
  readonly bareP50: number;
  readonly bareP95: number;
  readonly studioMb: number;
  readonly pageHeapMb: number;
  readonly clicks: number;
}

function speed(): string {
  const both = (middle: number, high: number) => `${middle.toFixed(0)} / ${high.toFixed(0)} ms`;
  return table(
    [
      ...['cases', 'read after', 'first paint', 'repaint after a filter, p50 / p95'],
      ...['bare engine, p50 / p95', 'memory of the studio', 'heap of the page', 'clicks'],
    ],
    resultsOf<StudioRow>('studio')
      .toSorted((a, b) => Number.parseInt(a.key, 10) - Number.parseInt(b.key, 10))
      .map((row) => [
        Number.parseInt(row.key, 10).toLocaleString('en'),
        ms(row.readMs),
        ms(row.firstPaintMs),
        both(row.repaintP50, row.repaintP95),
        both(row.bareP50, row.bareP95),
        `${row.studioMb} MB`,
        `${row.pageHeapMb} MB`,
        `${row.clicks}`,
      ]),
  );
}

interface AnswerRow {
  readonly key: string;
  readonly tookMs: number;
  readonly meanwhile: string;
  readonly asked: number;
  readonly waitP50: number;
  readonly waitMax: number;
}

function answers(): string {
  return table(
    ['answer', 'took', 'asked meanwhile', 'times', 'waited, p50', 'waited, longest'],
    resultsOf<AnswerRow>('studio-answers').map(({ key, tookMs, meanwhile, asked, waitP50, waitMax }) => [
      ...[key, ms(tookMs), meanwhile, `${asked}`, ms(waitP50), ms(waitMax)],
    ]),
  );
}

/** Tables by the name of their marks. */
export const STUDIO_FIGURES: Readonly<Record<string, () => string>> = {
  studio: speed,
  'studio answers': answers,
};
