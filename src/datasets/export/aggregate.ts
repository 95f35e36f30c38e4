/** Writes the aggregate of a run for Every Eval Ever (schema 0.3.0): pass rate and metrics with intervals, and where the rows are. */

import type { Figure, RunFigures } from './figures.ts';
import { type InstanceContext, SCHEMA_VERSION } from './instance-row.ts';

/** What the user or the files say of the run beside its rows. */
export interface AggregateContext extends InstanceContext {
  readonly source: string;
  readonly organization: string;
  readonly relationship: string;
  readonly library: { readonly name: string; readonly version: string };
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly exportedBy: string;
  readonly listColumns: readonly string[];
  /** Metrics of which less is better. */
  readonly lowerMetrics: ReadonlySet<string>;
}

/** The file of instance rows; null where there are none. */
export interface SamplesFile {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
}

/** The aggregate as a JSON value. */
export function aggregateOf(
  figures: RunFigures,
  context: AggregateContext,
  samples: SamplesFile | null,
): Readonly<Record<string, unknown>> {
  const own = context.model.split('/');
  return {
    schema_version: SCHEMA_VERSION,
    evaluation_id: context.evaluationId,
    retrieved_timestamp: String(context.timestamp),
    source_metadata: {
      source_name: context.source,
      source_type: 'evaluation_run',
      source_organization_name: context.organization,
      evaluator_relationship: context.relationship,
      additional_details: {
        exported_by: context.exportedBy,
        ...(context.listColumns.length === 0
          ? {}
          : { slicewise_list_columns: JSON.stringify(context.listColumns) }),
      },
    },
    eval_library: context.library,
    model_info: {
      name: own.at(-1) ?? context.model,
      id: context.model,
      ...(own.length > 1 ? { developer: own[0] } : {}),
      additional_details: { deployment_type: 'unknown', model_availability: 'unknown' },
    },
    evaluation_results: resultsOf(figures, context),
    ...(samples === null
      ? {}
      : {
          detailed_evaluation_results: {
            format: 'jsonl',
            file_path: samples.name,
            hash_algorithm: 'sha256',
            checksum: samples.sha256,
            total_rows: samples.rows,
          },
        }),
  };
}

/** The pass rate first where there is one, else the score: instance rows belong to the first. */
function resultsOf(figures: RunFigures, context: AggregateContext): readonly unknown[] {
  const { passRate, score, scores } = figures;
  const counts = {
    rows: String(figures.rows),
    cases: String(figures.cases),
    errors: String(figures.errors),
    unscored: String(figures.unscored),
    trials_per_case: String(figures.maxTrials),
  };
  const results: unknown[] = [];
  if (passRate !== null) {
    const details = { ...counts, errors_count_as: 'failed' };
    results.push(
      resultOf('pass_rate', passRate, { context, lower: false, isRate: true, details, first: true }),
    );
  }
  if (score !== null) {
    const first = results.length === 0;
    const lower = context.lowerIsBetter;
    results.push(resultOf('score', score, { context, lower, isRate: false, details: counts, first }));
  }
  for (const [name, figure] of scores) {
    const lower = context.lowerMetrics.has(name);
    const isRate = figure.estimate.method === 'wilson';
    results.push(resultOf(name, figure, { context, lower, isRate, details: {}, first: false }));
  }
  return results;
}

function resultOf(
  metric: string,
  { estimate, standardDeviation }: Figure,
  about: {
    readonly context: AggregateContext;
    readonly lower: boolean;
    readonly isRate: boolean;
    readonly details: Readonly<Record<string, string>>;
    readonly first: boolean;
  },
): unknown {
  const { context, lower, isRate, details, first } = about;
  const { lower: low, upper: high, level, method, n, reason } = estimate;
  return {
    evaluation_result_id: first ? context.resultId : `${context.resultId}/${metric}`,
    evaluation_name: first ? context.evaluationName : `${context.evaluationName} ${metric}`,
    source_data: { dataset_name: context.evaluationName, source_type: 'other' },
    metric_config: {
      metric_id: metric,
      metric_name: metric,
      ...(isRate ? { metric_kind: 'pass_rate', metric_unit: 'proportion' } : {}),
      lower_is_better: lower,
      ...(isRate ? { score_type: 'continuous', min_score: 0, max_score: 1 } : {}),
    },
    score_details: {
      score: estimate.estimate,
      details: {
        ...details,
        interval_method: method,
        ...(reason === undefined ? {} : { no_interval: reason }),
      },
      uncertainty: {
        ...(low === null || high === null
          ? {}
          : { confidence_interval: { lower: low, upper: high, confidence_level: level, method } }),
        ...(standardDeviation === null ? {} : { standard_deviation: standardDeviation }),
        num_samples: n,
      },
    },
  };
}
