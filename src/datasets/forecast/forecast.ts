/** Foresees a score and measures on held-out splits how wrong such forecasts are; refuses where the new cases lie outside of them. */

import { type Estimate, normalQuantile, predictionInterval, studentTQuantile } from '../../stats/index.ts';
import { countTerms, embedTexts, nearestNeighbours } from '../../text/index.ts';
import { FORECASTERS, type ForecastCase, type Forecaster, meanPassed } from './forecasters.ts';

/** A split with verdicts. */
export interface KnownSplit {
  readonly name: string;
  readonly cases: readonly ForecastCase[];
}

/** One way on one split that it did not see. */
export interface HeldOutForecast {
  readonly split: string;
  readonly cases: number;
  readonly forecast: number | null;
  readonly actual: number;
}

/** How one way did. */
export interface ForecasterRecord {
  readonly name: Forecaster['name'];
  readonly text: string;
  readonly heldOut: readonly HeldOutForecast[];
  /** Mean absolute error over the splits; null where it could not tell for one of them. */
  readonly meanError: number | null;
  /** Its forecast for the new cases. */
  readonly forecast: number | null;
}

/** How far cases lie from all others: 0 where each has its like, 1 where no word is shared. */
export interface Distance {
  readonly name: string;
  readonly mean: Estimate;
}

/** What is foreseen; `expected` is null where it is refused, and `refusal` says why. */
export interface Forecast {
  readonly records: readonly ForecasterRecord[];
  readonly chosen: Forecaster['name'] | null;
  readonly expected: Estimate | null;
  readonly refusal: string | null;
  /** Of each split from the other known cases, farthest first. */
  readonly distances: readonly Distance[];
  readonly distance: Distance | null;
}

/** Fewer splits say nothing about an error. */
export const LEAST_SPLITS = 3;

/** Fewer new cases are no domain. */
export const LEAST_CASES = 20;

const LEVEL = 0.95;

/** Texts that distances are measured with; every pair is looked at. */
const MOST_KNOWN = 4_000;
const MOST_ASKED = 500;
const LEAST_TEXTS = 10;

/**
 * Each way forecasts each split from the cases outside of it. The way with the smallest error on these splits forecasts the new
 * cases. The interval is Student's prediction interval of the errors of *choosing and forecasting*: for each split the way is
 * chosen by the other splits alone, so that the choice is paid for.
 *
 * @param inDomain cases that are in no held-out split, or in an in-domain one
 * @param splits held-out splits of one or several kinds of shift
 * @param asked new cases without verdicts
 */
export function forecastScore(
  inDomain: readonly ForecastCase[],
  splits: readonly KnownSplit[],
  asked: readonly ForecastCase[],
  seed: number,
): Forecast {
  const all = [...inDomain, ...splits.flatMap(({ cases }) => cases)];
  const records = FORECASTERS.map((way) => recordOf(way, inDomain, splits, all, asked, seed));
  const usable = records.filter(({ meanError, forecast }) => meanError !== null && forecast !== null);
  const chosen = best(usable, () => true);
  const distances = splits
    .map(
      ({ name, cases }, at): Distance => ({
        name,
        mean: distanceOf(
          [...inDomain, ...splits.flatMap((one, other) => (other === at ? [] : one.cases))],
          cases,
        ),
      }),
    )
    .toSorted((a, b) => (b.mean.estimate ?? 0) - (a.mean.estimate ?? 0));
  const distance = { name: 'new cases', mean: distanceOf(all, asked) };
  const refusal = refusalOf(splits, asked, chosen, distances, distance);
  return {
    records,
    chosen: chosen?.name ?? null,
    expected: refusal === null && chosen !== null ? expectedOf(chosen, usable, splits) : null,
    refusal,
    distances,
    distance,
  };
}

function recordOf(
  way: Forecaster,
  inDomain: readonly ForecastCase[],
  splits: readonly KnownSplit[],
  all: readonly ForecastCase[],
  asked: readonly ForecastCase[],
  seed: number,
): ForecasterRecord {
  const heldOut = splits.map(({ name, cases }, at): HeldOutForecast => {
    const others = [...inDomain, ...splits.flatMap((one, other) => (other === at ? [] : one.cases))];
    return {
      split: name,
      cases: cases.length,
      forecast: way.forecast(others, cases, seed),
      actual: meanPassed(cases)!,
    };
  });
  const errors = heldOut.flatMap(({ forecast, actual }) =>
    forecast === null ? [] : [Math.abs(actual - forecast)],
  );
  return {
    name: way.name,
    text: way.text,
    heldOut,
    meanError: errors.length < splits.length || errors.length === 0 ? null : mean(errors),
    forecast: way.forecast(all, asked, seed),
  };
}

/** The way with the smallest mean absolute error over the splits that count; the first of equals, so the average where nothing beats it. */
function best(
  records: readonly ForecasterRecord[],
  counts: (split: number) => boolean,
): ForecasterRecord | null {
  let found: ForecasterRecord | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const error = mean(
      record.heldOut.flatMap(({ actual, forecast }, at) =>
        counts(at) ? [Math.abs(actual - forecast!)] : [],
      ),
    );
    if (error < least) {
      least = error;
      found = record;
    }
  }
  return found;
}

function expectedOf(
  chosen: ForecasterRecord,
  usable: readonly ForecasterRecord[],
  splits: readonly KnownSplit[],
): Estimate {
  const errors = splits.map((_, at) => {
    const { actual, forecast } = best(usable, (other) => other !== at)!.heldOut[at]!;
    return actual - forecast!;
  });
  const { lower, upper } = predictionInterval(errors, LEVEL);
  const forecast = chosen.forecast!;
  return {
    estimate: forecast,
    lower: Math.max(0, forecast + lower!),
    upper: Math.min(1, forecast + upper!),
    level: LEVEL,
    method: `forecast by ${chosen.name}, prediction interval (t) of its errors on held-out splits`,
    n: splits.length,
  };
}

function refusalOf(
  splits: readonly KnownSplit[],
  asked: readonly ForecastCase[],
  chosen: ForecasterRecord | null,
  distances: readonly Distance[],
  distance: Distance,
): string | null {
  if (splits.length < LEAST_SPLITS) {
    return `there are ${splits.length} held-out splits, and the error of a forecast is measured on at least ${LEAST_SPLITS}`;
  }
  if (asked.length < LEAST_CASES)
    return `there are ${asked.length} new cases, and a domain is at least ${LEAST_CASES}`;
  if (chosen === null)
    return 'no way of forecasting works on all splits and on the new cases: they have no text';
  const [farthest] = distances;
  if (farthest?.mean.estimate == null || distance.mean.estimate === null) {
    return 'too few texts to say how far the new cases are from the known ones';
  }
  if (isFarther(distance.mean, farthest.mean)) {
    return `the new cases lie outside of what was held out: their mean distance to the nearest known text is ${distance.mean.estimate.toFixed(2)}, and that of the farthest split, ${farthest.name}, ${farthest.mean.estimate.toFixed(2)}`;
  }
  return null;
}

/** One mean distance above another beyond chance, one-sided at .05; the standard errors are read off the intervals. */
function isFarther(one: Estimate, other: Estimate): boolean {
  const errorOf = ({ lower, upper }: Estimate) => ((upper ?? 1) - (lower ?? 0)) / (2 * normalQuantile(0.975));
  const gap = one.estimate! - other.estimate!;
  return gap > normalQuantile(0.95) * Math.hypot(errorOf(one), errorOf(other));
}

/** Mean over the cases of 1 - cosine to the nearest known text, with Student's interval; undefined with fewer than ten texts on a side. */
function distanceOf(known: readonly ForecastCase[], cases: readonly ForecastCase[]): Estimate {
  const reference = atMost(textsOf(known), MOST_KNOWN);
  const asked = atMost(textsOf(cases), MOST_ASKED);
  const shape = { level: LEVEL, method: 'mean distance to the nearest known text, t', n: asked.length };
  if (Math.min(reference.length, asked.length) < LEAST_TEXTS) {
    return { ...shape, estimate: null, lower: null, upper: null, reason: 'fewer than ten texts on a side' };
  }
  const terms = countTerms();
  for (const text of reference) terms.add(text);
  const { similarities } = nearestNeighbours(embedTexts(reference, terms), embedTexts(asked, terms), 1);
  const distances = Array.from(similarities, (one) => 1 - one);
  const middle = mean(distances);
  const variance = distances.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (distances.length - 1);
  const half =
    studentTQuantile((1 + LEVEL) / 2, distances.length - 1) * Math.sqrt(variance / distances.length);
  return { ...shape, estimate: middle, lower: middle - half, upper: middle + half };
}

function textsOf(cases: readonly ForecastCase[]): readonly string[] {
  return cases.flatMap(({ text }) => (text === null ? [] : [text]));
}

/** At most so many, evenly spread over the list. */
function atMost(texts: readonly string[], most: number): readonly string[] {
  if (texts.length <= most) return texts;
  return Array.from({ length: most }, (_, at) => texts[Math.floor((at * texts.length) / most)]!);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
