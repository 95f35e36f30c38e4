/**
 * Every importer: its name, a cheap look at a file that loads nothing, and where its code is. A gate of plain rows loads none of
 * them.
 */

import type { Importer, ImporterName, ImportFile } from './importer.ts';

/** One importer before it is loaded. */
export interface ImporterEntry {
  /** What messages call the tool. */
  readonly label: string;
  /** Whether the file may be the tool's: true for all that the importer recognises, and for few others. */
  mayRead(file: ImportFile): boolean;
  readonly load: () => Promise<Importer>;
}

/** True where the pattern is found in the start of a text. */
const has =
  (pattern: RegExp) =>
  ({ head }: ImportFile): boolean =>
    pattern.test(head);

/** In the order in which messages list them. */
export const IMPORTERS: Readonly<Record<ImporterName, ImporterEntry>> = {
  promptfoo: {
    label: 'promptfoo',
    mayRead: has(/"results"\s*:|"prompt(?:Idx|Id)"\s*:|^results:/m),
    load: async () => (await import('./promptfoo/importer.ts')).promptfooImporter,
  },
  inspect: {
    label: 'Inspect',
    mayRead: (file) => file.kind === 'zip' || /"(?:eval|status|version)"\s*:/.test(file.head),
    load: async () => (await import('./inspect/importer.ts')).inspectImporter,
  },
  'lm-eval': {
    label: 'lm-evaluation-harness',
    mayRead: has(/"(?:doc_id|results)"\s*:/),
    load: async () => (await import('./lm-eval/importer.ts')).lmEvalImporter,
  },
  deepeval: {
    label: 'DeepEval',
    mayRead: has(/"(?:testRunData|testCases|conversationalTestCases)"\s*:/),
    load: async () => (await import('./deepeval/importer.ts')).deepevalImporter,
  },
  'openai-evals': {
    label: 'OpenAI evals',
    mayRead: has(/"(?:spec|event_id)"/),
    load: async () => (await import('./openai-evals/importer.ts')).openaiEvalsImporter,
  },
  helm: {
    label: 'HELM',
    mayRead: has(/"(?:instance_id|sum_squared|adapter_spec|definition_path)"\s*:/),
    load: async () => (await import('./helm/importer.ts')).helmImporter,
  },
  'every-eval-ever': {
    label: 'Every Eval Ever',
    mayRead: has(/"evaluation_id"/),
    load: async () => (await import('./every-eval-ever/importer.ts')).everyEvalEverImporter,
  },
  'open-multi-agent': {
    label: 'open-multi-agent',
    mayRead: has(/"(?:evalRunId|thresholds|cases)"\s*:/),
    load: async () => (await import('./open-multi-agent/importer.ts')).openMultiAgentImporter,
  },
  evalite: {
    label: 'evalite',
    mayRead: has(/"runType"\s*:/),
    load: async () => (await import('./evalite/importer.ts')).evaliteImporter,
  },
  langfuse: {
    label: 'Langfuse',
    mayRead: has(/"trace"|experimentItemId|observationCount|sessionId|htmlPath|parentObservationId/),
    load: async () => (await import('./langfuse/langfuse.ts')).langfuseImporter,
  },
  phoenix: {
    label: 'Phoenix',
    mayRead: has(/example_id/),
    load: async () => (await import('./phoenix/phoenix.ts')).phoenixImporter,
  },
  mlflow: {
    label: 'MLflow',
    mayRead: has(/"columns"|trace_id|trace_metadata|request_metadata/),
    load: async () => (await import('./mlflow/mlflow.ts')).mlflowImporter,
  },
  braintrust: {
    label: 'Braintrust',
    mayRead: has(/_xact_id|root_span_id|span_attributes|experiment_id|_pagination_key/),
    load: async () => (await import('./braintrust/braintrust.ts')).braintrustImporter,
  },
  bifrost: {
    label: 'Bifrost',
    mayRead: has(/fallback_index|virtual_key_id|number_of_retries|selected_key_id/),
    load: async () => (await import('./bifrost/bifrost.ts')).bifrostImporter,
  },
  otel: {
    label: 'OpenTelemetry',
    mayRead: has(/"resource(?:Spans|Logs)"/),
    load: async () => (await import('./otel/otel.ts')).otelImporter,
  },
};

/** The importer of a name. */
export async function importerOf(name: ImporterName): Promise<Importer> {
  return IMPORTERS[name].load();
}
