/** Runs with probabilities: calibrated, overconfident at the same answers, and broken in every way. */

import { randomStream } from './random.ts';

/** One row of a run whose probabilities are an object by label. */
function rowOf(id: number, segment: string, label: string, probabilities: Readonly<Record<string, number>>) {
  const [[prediction]] = Object.entries(probabilities).toSorted((a, b) => b[1] - a[1]) as [[string, number]];
  return { case_id: `c${id}`, segment, label, prediction, passed: prediction === label, probabilities };
}

/** A row as files hold it; the object of probabilities is part of it. */
export type ProbabilityRow = ReturnType<typeof rowOf>;

/** Both runs. */
export interface ProbabilityPair {
  readonly baseline: readonly ProbabilityRow[];
  readonly candidate: readonly ProbabilityRow[];
}

/** A probability whose logit is multiplied; the answer at .5 stays the same. */
export function sharpened(p: number, factor: number): number {
  return 1 / (1 + ((1 - p) / p) ** factor);
}

/**
 * B-9, catch: both runs answer alike in every case; the baseline is calibrated, and the candidate's logits are `factor` times as
 * large. With a factor of 1 it is the same run: quiet.
 */
export function overconfident(seed: number, cases: number, factor: number): ProbabilityPair {
  const random = randomStream(seed);
  const drawn = Array.from({ length: cases }, (_, i) => {
    const p = 0.02 + 0.96 * random();
    return { id: i, segment: `s${i % 3}`, p, label: random() < p ? 'spam' : 'ham' };
  });
  const rows = (change: number) =>
    drawn.map(({ id, segment, p, label }) => {
      const q = sharpened(p, change);
      return rowOf(id, segment, label, { ham: 1 - q, spam: q });
    });
  return { baseline: rows(1), candidate: rows(factor) };
}

/** Three labels; in the segment `off` the candidate is surer than it should be, elsewhere the runs are the same and calibrated. */
export function offInOneSegment(seed: number, cases: number): ProbabilityPair {
  const random = randomStream(seed);
  const drawn = Array.from({ length: cases }, (_, i) => {
    const raw = [random() ** 2, random() ** 2, random() ** 2];
    const sum = raw[0]! + raw[1]! + raw[2]!;
    const shares = raw.map((one) => one / sum) as [number, number, number];
    const at = random();
    const label = at < shares[0] ? 'a' : at < shares[0] + shares[1] ? 'b' : 'c';
    return { id: i, segment: i % 4 === 0 ? 'off' : `fine${i % 4}`, shares, label };
  });
  const rows = (isChanged: boolean) =>
    drawn.map(({ id, segment, shares, label }) => {
      const powers = shares.map((share) => share ** (isChanged && segment === 'off' ? 4 : 1));
      const sum = powers.reduce((total, one) => total + one, 0);
      const [a, b, c] = powers.map((one) => one / sum) as [number, number, number];
      return rowOf(id, segment, label, { a, b, c });
    });
  return { baseline: rows(false), candidate: rows(true) };
}
