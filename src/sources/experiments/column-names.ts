/** What the columns of a table of runs mean: parameters, metrics, tags, or something about the run itself. */

/** What a column holds; `unprefixed` is a parameter or a metric, which only its values or its name can tell. */
export type RunColumn =
  | { readonly kind: 'param' | 'metric' | 'tag' | 'unprefixed'; readonly name: string }
  | {
      readonly kind: 'run' | 'name' | 'step' | 'status' | 'started' | 'ended' | 'experiment' | 'artifact';
    };

const PREFIXES: readonly (readonly [RegExp, 'param' | 'metric' | 'tag'])[] = [
  [/^(?:params?|config|hparams?|hyperparameters?)[./]/i, 'param'],
  [/^(?:metrics?|summary)[./]/i, 'metric'],
  [/^tags?[./]/i, 'tag'],
];

/** By priority: the first name that a table has is it, and the others are parameters or metrics. */
const NAMES = {
  run: [
    'run_id',
    'run id',
    'runid',
    'run',
    'run_uuid',
    'id',
    'trial',
    'trial_id',
    'number',
    'run_name',
    'name',
  ],
  name: ['run_name', 'name', 'display_name', 'tags.mlflow.runname'],
  step: ['step', '_step', 'global_step', 'trainer/global_step', 'iteration', 'epoch'],
  status: ['status', 'state'],
  started: ['start_time', 'started', 'created', 'created_at', 'datetime_start', 'timestamp'],
  ended: ['end_time', 'ended', 'finished_at', 'datetime_complete'],
  experiment: ['experiment', 'experiment_name', 'project', 'experiment_id'],
  artifact: ['artifact_uri', 'artifact', 'artifacts', 'checkpoint', 'output_dir'],
} as const;

const METRIC_NAME =
  /(?:^|[^a-z])(?:loss|acc|accuracy|f1|f_?beta|auc|auroc|ap|map|precision|recall|error|err|mse|mae|rmse|nll|r2|score|reward|bleu|rouge|wer|cer|perplexity|ppl|mcc|kappa|ndcg|mrr|brier|ece|objective|value|pass_rate|exact_match|win_rate)(?:$|[^a-z])/i;
const PART_OF_METRIC = /^(?:eval|val|valid|validation|test|dev)[_/.]/i;

/** Whether a name is one that people give to what they measure. */
export function isMetricName(name: string): boolean {
  return METRIC_NAME.test(name) || PART_OF_METRIC.test(name);
}

/**
 * The meaning of every column.
 *
 * @param metrics names that a person called metrics
 */
export function meaningOfColumns(
  columns: readonly string[],
  metrics: readonly string[],
): ReadonlyMap<string, RunColumn> {
  const meaning = new Map<string, RunColumn>();
  const free = (name: string): string | undefined =>
    columns.find((column) => column.toLowerCase() === name && !meaning.has(column));
  for (const column of columns) {
    if (metrics.includes(column)) meaning.set(column, { kind: 'metric', name: column });
  }
  for (const [kind, names] of Object.entries(NAMES)) {
    const column = names.map(free).find((found) => found !== undefined);
    if (column !== undefined) meaning.set(column, { kind: kind as keyof typeof NAMES });
  }
  for (const column of columns) {
    if (meaning.has(column)) continue;
    const [prefix, kind] = PREFIXES.find(([pattern]) => pattern.test(column)) ?? [null, 'unprefixed'];
    meaning.set(column, { kind, name: prefix === null ? column : column.replace(prefix, '') });
  }
  return meaning;
}
