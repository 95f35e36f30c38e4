/**
 * The studio in a real browser: first paint, time from a click on a filter to the repaint, and memory, beside the time of the bare
 * engine for the same counts.
 *
 *   npm run build && node bench/studio.ts [--cases 10000,1000000,5000000] [--clicks 40]
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launch, SIZES } from '../test/browser/browser.ts';
import { largeComparison } from '../test/browser/million.ts';
import { type RunningStudio, startStudio } from '../test/browser/studio.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000,1000000,5000000' },
    clicks: { type: 'string', default: '40' },
  },
});

const BARE = fileURLToPath(new URL('./reference/filter-counts.mjs', import.meta.url));

/** Longest wait for a page of millions of cases. */
const PATIENCE_MS = 180_000;

/** Places of a list of numbers. */
const quantile = (values: readonly number[], share: number) =>
  Math.round(
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]! * 10,
  ) / 10;

for (const cases of flags.cases.split(',').map(Number)) {
  const row = { key: `${cases} cases`, ...(await measure(cases, Number(flags.clicks))) };
  console.log(JSON.stringify(row));
  keepResults('studio', { script: 'bench/studio.ts', machine: machine() }, [row]);
}

async function measure(cases: number, clicks: number) {
  const { folder } = await largeComparison(cases);
  const profile = mkdtempSync(join(tmpdir(), 'slicewise-bench-browser-'));
  const started = performance.now();
  const studio = await startStudio(['old.parquet', 'new.parquet', '--slice', 'segment'], {
    cwd: folder,
    early: true,
  });
  const listensMs = performance.now() - started;
  const browser = await launch(profile);
  try {
    const page = await browser.newPage({ viewport: SIZES.desktop });
    // The comparison is still being read: what a person sees first.
    await page.goto(studio.at('/explore'));
    const firstPaintMs = await firstPaint(page);
    await untilReady(studio);
    const readMs = performance.now() - started;
    const values = page.locator('[aria-label="Values of segment"] .value-row').first();
    await values.waitFor({ timeout: PATIENCE_MS });
    const exploreMs = performance.now() - started;
    await page.reload();
    const reloadPaintMs = await firstPaint(page);
    await values.waitFor({ timeout: PATIENCE_MS });
    // Dimensions that are computed from texts arrive later; filters are measured once they are there.
    await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS }).catch(() => undefined);
    const repaints = await clickThrough(page, clicks);
    const heapMb = await page.evaluate(
      () =>
        ((performance as unknown as { memory: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0) /
        1e6,
    );
    const bare = JSON.parse(
      execFileSync(process.execPath, [BARE, 'old.parquet', 'new.parquet', String(clicks)], {
        cwd: folder,
        encoding: 'utf8',
      }),
    ) as { readonly loadMs: number; readonly times: readonly number[] };
    return {
      listensMs: Math.round(listensMs),
      firstPaintMs: Math.round(firstPaintMs),
      reloadPaintMs: Math.round(reloadPaintMs),
      readMs: Math.round(readMs),
      exploreMs: Math.round(exploreMs),
      repaintP50: quantile(repaints, 0.5),
      repaintP95: quantile(repaints, 0.95),
      bareP50: quantile(bare.times, 0.5),
      bareP95: quantile(bare.times, 0.95),
      bareLoadMs: Math.round(bare.loadMs),
      studioMb: Math.round(peakMb(studio)),
      pageHeapMb: Math.round(heapMb),
      clicks: repaints.length,
    };
  } finally {
    await browser.close();
    await studio.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function untilReady(studio: RunningStudio): Promise<void> {
  for (;;) {
    const { body } = await studio.ask('status');
    if ((body as { readonly state: string }).state === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** First contentful paint after the start of the navigation, milliseconds. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName('first-contentful-paint')) resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** Clicks values of two dimensions in turn; from each click to the frame after the new counts stand on the page. */
async function clickThrough(page: Page, clicks: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < clicks; i += 1) {
    const dimension = i % 2 === 0 ? 'segment' : 'language';
    const took = await page.evaluate(
      async ([name, at]) => {
        const values = document.querySelectorAll<HTMLElement>(`[aria-label="Values of ${name}"] .value-row`);
        const value = values[Number(at) % values.length];
        if (value === undefined) return null;
        const asked = performance.now();
        const answered = new Promise<void>((resolve) => {
          new PerformanceObserver((list, observer) => {
            if (
              list
                .getEntries()
                .some((entry) => entry.name.includes('explore-counts') && entry.startTime >= asked)
            ) {
              observer.disconnect();
              resolve();
            }
          }).observe({ type: 'resource' });
        });
        const known = new Promise<void>((resolve) => setTimeout(resolve, 5000));
        value.click();
        await Promise.race([answered, known]);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return performance.now() - asked;
      },
      [dimension, String(Math.floor(i / 2))] as const,
    );
    // Counts that were asked before come from the page's own memory: they are no measurement.
    if (took !== null && took < 5000) times.push(took);
    await page.waitForTimeout(30);
  }
  return times;
}

/** Peak resident memory of the studio's process. */
function peakMb(studio: RunningStudio): number {
  const text = readFileSync(`/proc/${studio.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1] ?? Number.NaN) / 1024;
}
