/** Scores of both classes, sorted and counted once: what every ranking and calibration figure is computed from. */

/** Cases by distinct score, ascending. All arrays have the same length. */
export interface ScoreGroups {
  readonly scores: Float64Array;
  /** Cases with that score that are (are not) events. */
  readonly events: Float64Array;
  readonly others: Float64Array;
  readonly eventTotal: number;
  readonly otherTotal: number;
}

/**
 * Counts events and others at each distinct score. Cost: n log n.
 *
 * @param scores finite numbers
 * @param events 1 where the event happened, 0 where not
 * @throws RangeError where the lengths differ, a score is not finite or an event is neither 0 nor 1
 * @example scoreGroups([0.2, 0.8, 0.2], [0, 1, 1]).events // [1, 1]
 */
export function scoreGroups(scores: ArrayLike<number>, events: ArrayLike<number>): ScoreGroups {
  const { yes, no } = sortedByEvent(scores, events);
  const length = distinctOf(yes, no);
  const groups = {
    scores: new Float64Array(length),
    events: new Float64Array(length),
    others: new Float64Array(length),
  };
  let [y, n] = [0, 0];
  for (let g = 0; g < length; g++) {
    const score = Math.min(yes[y] ?? Number.POSITIVE_INFINITY, no[n] ?? Number.POSITIVE_INFINITY);
    const [firstYes, firstNo] = [y, n];
    while (yes[y] === score) y++;
    while (no[n] === score) n++;
    groups.scores[g] = score;
    groups.events[g] = y - firstYes;
    groups.others[g] = n - firstNo;
  }
  return { ...groups, eventTotal: yes.length, otherTotal: no.length };
}

/** The scores of events and of others, each ascending. */
export function sortedByEvent(
  scores: ArrayLike<number>,
  events: ArrayLike<number>,
): { readonly yes: Float64Array; readonly no: Float64Array } {
  const n = scores.length;
  if (events.length !== n) throw new RangeError(`${n} scores have ${events.length} events`);
  let total = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(scores[i])) throw new RangeError(`score ${scores[i]} is no finite number`);
    if (events[i] !== 0 && events[i] !== 1) throw new RangeError(`event ${events[i]} is neither 0 nor 1`);
    total += events[i]!;
  }
  const yes = new Float64Array(total);
  const no = new Float64Array(n - total);
  let [y, o] = [0, 0];
  for (let i = 0; i < n; i++) {
    // Adding 0 makes -0 and 0 the same score.
    if (events[i] === 1) yes[y++] = scores[i]! + 0;
    else no[o++] = scores[i]! + 0;
  }
  return { yes: yes.sort(), no: no.sort() };
}

function distinctOf(yes: Float64Array, no: Float64Array): number {
  let [count, y, n] = [0, 0, 0];
  while (y < yes.length || n < no.length) {
    const score = Math.min(yes[y] ?? Number.POSITIVE_INFINITY, no[n] ?? Number.POSITIVE_INFINITY);
    while (yes[y] === score) y++;
    while (no[n] === score) n++;
    count++;
  }
  return count;
}

/** Cases by distinct score, and the group of each case. */
export interface RankedScores {
  readonly groups: ScoreGroups;
  /** Place of the case's score among the distinct ones. */
  readonly groupOf: Int32Array;
}

/**
 * Ranks scores once, for every figure that needs the rank of each case. Cost: n log n.
 *
 * @throws RangeError as `scoreGroups`
 */
export function rankedScores(scores: ArrayLike<number>, events: ArrayLike<number>): RankedScores {
  const groups = scoreGroups(scores, events);
  return { groups, groupOf: placesOf(groups.scores, scores) };
}

/** The place of each value among the distinct ones: a table of even steps leaves few to search. */
function placesOf(distinct: Float64Array, values: ArrayLike<number>): Int32Array {
  const places = new Int32Array(values.length);
  const least = distinct[0] ?? 0;
  const width = (distinct.at(-1) ?? 0) - least;
  const steps = distinct.length;
  const stepOf = (value: number): number =>
    width > 0 && width < Number.POSITIVE_INFINITY
      ? Math.min(steps - 1, Math.floor(((value - least) / width) * steps))
      : 0;
  const starts = new Int32Array(steps + 1);
  for (const value of distinct) starts[stepOf(value) + 1]!++;
  for (let step = 0; step < steps; step++) starts[step + 1]! += starts[step]!;
  for (let i = 0; i < places.length; i++) {
    const value = values[i]!;
    const step = stepOf(value);
    let [low, high] = [starts[step]!, starts[step + 1]!];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (distinct[middle]! < value) low = middle + 1;
      else high = middle;
    }
    places[i] = low;
  }
  return places;
}
