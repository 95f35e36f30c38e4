/** Baselines beside the cheapest: fitted to the texts of the cases, or given as runs; each compared case by case. */

import type { OtherBaseline } from '../../checks/index.ts';
import type { BaselinesConfig, Config } from '../../config/index.ts';
import type { OutcomeMeasure } from '../../counts/index.ts';
import { labelOfCell } from '../../derived/index.ts';
import { DataError } from '../../errors.ts';
import { clusteredDelta, clusteredSide } from '../../evidence/index.ts';
import { type FeatureColumn, foldSplits, heldOutPredictions, type Prediction } from '../../models/index.ts';
import { allGrouping } from '../../scope/index.ts';
import { compareText } from '../../slices/index.ts';
import { openRun } from '../../sources/index.ts';
import { type Estimate, tangoInterval, tInterval, wilsonInterval } from '../../stats/index.ts';
import type { Ports } from '../ports.ts';
import { rowsOf } from '../run-rows.ts';
import { trainingPass } from '../training-pass.ts';
import type { DiagnoseInput } from './input.ts';

/** Folds where the cases themselves are all that there is to learn from. */
const FOLDS = 5;

/** One case as a baseline sees it. */
interface Case {
  readonly text: string | null;
  readonly label: string;
  /** What the metric gives the candidate for it. */
  readonly value: number;
  /** Null where cases come in no clusters. */
  readonly cluster: number | null;
}

/** What decides, as for trivial answers. */
export interface OtherRules {
  readonly measure: OutcomeMeasure;
  readonly k: number;
  readonly share: number;
}

/**
 * Fits and reads the baselines that the configuration names.
 *
 * @throws DataError where a named run cannot be read or shares no case with the candidate, or training rows have no text or label
 */
export async function otherBaselines(
  input: DiagnoseInput,
  wanted: BaselinesConfig,
  rules: OtherRules,
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<readonly OtherBaseline[]> {
  if (wanted.simple.length + wanted.runs.length === 0) return [];
  const cases = await readCases(input, rules.measure);
  const found: OtherBaseline[] = [];
  for (const name of wanted.simple) {
    ports.progress(`fitting ${name}`);
    const { values, how } = await simpleValues(name, cases, input, rules.k, ports);
    const kind = name === 'length-only' ? 'trivial' : 'model';
    found.push({ name, kind, how, ...compared(cases, values, input, rules.share) });
  }
  for (const { name, kind, files } of wanted.runs) {
    const values = await runValues(files, cases, input.config.passWords, ports.cwd);
    found.push({
      name,
      kind,
      how: `given as ${files.join(', ')}`,
      ...compared(cases, values, input, rules.share),
    });
  }
  return found;
}

/** The labelled cases of the candidate that have a value, by id. */
async function readCases(
  { comparison, config }: DiagnoseInput,
  measure: OutcomeMeasure,
): Promise<ReadonlyMap<string, Case>> {
  const { engine, candidate } = comparison;
  const { expected, input } = candidate.opened.mapping;
  const units = await engine.units({
    groupings: [allGrouping()],
    measure: { kind: 'outcome', of: measure, errors: config.policy.errors },
    onlyDiscordant: false,
  });
  const places = new Map(units.ids.map((id, at) => [id, at]));
  const cases = new Map<string, Case>();
  const reads = [expected, input].filter((name) => name !== undefined);
  for await (const { caseId, attributes } of rowsOf(candidate, reads).chunks) {
    caseId.forEach((id, row) => {
      const label = labelOfCell(attributes.get(expected ?? '')?.[row] ?? null);
      const at = places.get(id) ?? -1;
      const value = units.candidate[at] ?? Number.NaN;
      if (label === null || Number.isNaN(value) || cases.has(id)) return;
      const text =
        input === undefined || input === candidate.opened.mapping.caseId ? id : attributes.get(input)?.[row];
      cases.set(id, {
        text: typeof text === 'string' ? text : null,
        label,
        value,
        cluster: units.cluster?.[at] ?? null,
      });
    });
  }
  return cases;
}

/** What a fitted baseline gets for each case: 1 where the true label is among its k likeliest. */
async function simpleValues(
  name: BaselinesConfig['simple'][number],
  cases: ReadonlyMap<string, Case>,
  { config, comparison, scope, train }: DiagnoseInput,
  k: number,
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<{ readonly values: ReadonlyMap<string, number>; readonly how: string }> {
  const ids = [...cases.keys()].sort(compareText);
  const own = ids.map((id) => cases.get(id)!);
  const { expected } = comparison.candidate.opened.mapping;
  const learnt = await (train ?? trainingPass(config, scope, ports, expected)).labelled();
  const all = [...own, ...learnt];
  const labels = all.map(({ label }) => label);
  const texts = all.map(({ text }) => text ?? '');
  const columns: readonly FeatureColumn[] =
    name === 'length-only'
      ? [{ kind: 'number', name, values: texts.map((text) => text.length) }]
      : [{ kind: 'text', name, values: texts }];
  const places = Int32Array.from(ids.keys());
  const splits =
    learnt.length > 0
      ? [{ train: Int32Array.from(learnt, (_, at) => own.length + at), test: places }]
      : foldSplits(labels, { folds: Math.min(FOLDS, own.length) }, config.policy.seed);
  const found = heldOutPredictions(
    columns,
    labels,
    splits,
    name === 'length-only' ? 'logistic' : 'naive Bayes',
    {
      seed: config.policy.seed,
      words: [1, 1],
    },
  );
  return {
    values: new Map(
      ids.map((id, at) => [id, isHit(found.predictions[at]!, found.labels, own[at]!.label, k) ? 1 : 0]),
    ),
    how:
      learnt.length > 0 ? `fitted on ${learnt.length} training rows` : `fitted on these cases, out of fold`,
  };
}

/**
 * Whether the true label is among the k likeliest.
 *
 * @param labels of the probabilities
 */
export function isHit(
  { label, probabilities }: Prediction,
  labels: readonly string[],
  truth: string,
  k: number,
): boolean {
  if (k === 1) return label === truth;
  const place = labels.indexOf(truth);
  const own = probabilities[place] ?? 0;
  // A label without any chance is no answer, and of equal chances the earlier label is answered: else a model that knows nothing is always right.
  if (own === 0) return false;
  return (
    probabilities.reduce((above, p, at) => above + (p > own || (p === own && at < place) ? 1 : 0), 0) < k
  );
}

/** What a given run got for the cases: its verdict, else whether its answer is the true label; a case in error is failed. */
async function runValues(
  files: readonly string[],
  cases: ReadonlyMap<string, Case>,
  passWords: Config['passWords'],
  cwd: string,
): Promise<ReadonlyMap<string, number>> {
  const opened = await openRun({ files, run: null, mapping: {}, passWords, cwd });
  const { predicted } = opened.mapping;
  const run = { opened, run: null, name: null, recorded: null, ageDays: null };
  const values = new Map<string, number>();
  for await (const { caseId, passed, status, attributes } of rowsOf(
    run,
    predicted === undefined ? [] : [predicted],
    true,
  ).chunks) {
    caseId.forEach((id, row) => {
      const known = cases.get(id);
      if (known === undefined || values.has(id)) return;
      const verdict = passed[row];
      const answer = labelOfCell(attributes.get(predicted ?? '')?.[row] ?? null);
      if (status[row] === 'error') values.set(id, 0);
      else if (verdict === 0 || verdict === 1) values.set(id, verdict);
      else if (predicted !== undefined) values.set(id, answer === known.label ? 1 : 0);
    });
  }
  if (values.size === 0) {
    throw new DataError({
      message: `${files.join(', ')} answers no case of the candidate`,
      hint: 'a baseline needs the same case ids, and a verdict or an answer for each',
    });
  }
  return values;
}

function compared(
  cases: ReadonlyMap<string, Case>,
  values: ReadonlyMap<string, number>,
  { config }: DiagnoseInput,
  share: number,
): Pick<OtherBaseline, 'score' | 'lift' | 'fails'> {
  const { policy } = config;
  const pairs = [...values].map(([id, value]) => ({ ...cases.get(id)!, other: value }));
  const mean = pairs.reduce((sum, { value }) => sum + value, 0) / pairs.length;
  const isClustered = pairs.every(({ cluster }) => cluster !== null);
  const { score, lift } = isClustered ? clusteredFigures(pairs, policy) : plainFigures(pairs, policy.level);
  const isClose = (score.estimate ?? 0) >= share * mean;
  return { score, lift, fails: isClose ? 'share' : lift.lower !== null && lift.lower <= 0 ? 'bound' : null };
}

/** What the metric gives the candidate and another system for one case. */
type Pair = Pick<Case, 'value' | 'cluster'> & { readonly other: number };

function clusteredFigures(pairs: readonly Pair[], policy: DiagnoseInput['config']['policy']) {
  const cases = {
    baseline: Float64Array.from(pairs, ({ other }) => other),
    candidate: Float64Array.from(pairs, ({ value }) => value),
    cluster: Int32Array.from(pairs, ({ cluster }) => cluster!),
  };
  return {
    score: clusteredSide(cases, 'baseline', policy, true),
    lift: clusteredDelta(cases, policy, true),
  };
}

function plainFigures(pairs: readonly Pair[], level: number) {
  const right = pairs.reduce((sum, { other }) => sum + other, 0);
  return { score: wilsonInterval(right, pairs.length, level), lift: liftOf(pairs, level) };
}

function liftOf(pairs: readonly Pair[], level: number): Estimate {
  if (pairs.some(({ value }) => value !== 0 && value !== 1)) {
    return tInterval(
      pairs.map(({ value, other }) => value - other),
      level,
    );
  }
  const count = (value: number, other: number) =>
    pairs.filter((one) => one.value === value && one.other === other).length;
  return tangoInterval(
    { both: count(1, 1), candidateOnly: count(1, 0), baselineOnly: count(0, 1), neither: count(0, 0) },
    level,
  );
}
