/**
 * Every importer: its name, a cheap look at a file that loads nothing, and where its code is. A gate of plain rows loads none of
 * them.
 */

import type { Importer, ImporterName, ImportFile } from './importer.ts';

/** One importer before it is loaded. */
export interface ImporterEntry {
  /** What messages call the tool. */
  readonly label: string;
  /** Found in the start of every text that the importer recognises, and of few others. */
  readonly signs: RegExp;
  /** Whether the tool writes ZIP archives too. */
  readonly hasArchives?: true;
  readonly load: () => Promise<Importer>;
}

/** In the order in which messages list them. */
export const IMPORTERS: Readonly<Record<ImporterName, ImporterEntry>> = {
  promptfoo: {
    label: 'promptfoo',
    signs: /"results"\s*:|"prompt(?:Idx|Id)"\s*:|^results:/m,
    load: async () => (await import('./promptfoo/importer.ts')).promptfooImporter,
  },
  inspect: {
    label: 'Inspect',
    signs: /"(?:eval|status|version)"\s*:/,
    hasArchives: true,
    load: async () => (await import('./inspect/importer.ts')).inspectImporter,
  },
  'lm-eval': {
    label: 'lm-evaluation-harness',
    signs: /"(?:doc_id|results)"\s*:/,
    load: async () => (await import('./lm-eval/importer.ts')).lmEvalImporter,
  },
  deepeval: {
    label: 'DeepEval',
    signs: /"(?:testRunData|testCases|conversationalTestCases)"\s*:/,
    load: async () => (await import('./deepeval/importer.ts')).deepevalImporter,
  },
  'openai-evals': {
    label: 'OpenAI evals',
    signs: /"(?:spec|event_id)"/,
    load: async () => (await import('./openai-evals/importer.ts')).openaiEvalsImporter,
  },
  helm: {
    label: 'HELM',
    signs: /"(?:instance_id|sum_squared|adapter_spec|definition_path)"\s*:/,
    load: async () => (await import('./helm/importer.ts')).helmImporter,
  },
  'every-eval-ever': {
    label: 'Every Eval Ever',
    signs: /"evaluation_id"/,
    load: async () => (await import('./every-eval-ever/importer.ts')).everyEvalEverImporter,
  },
  'open-multi-agent': {
    label: 'open-multi-agent',
    signs: /"(?:evalRunId|thresholds|cases)"\s*:/,
    load: async () => (await import('./open-multi-agent/importer.ts')).openMultiAgentImporter,
  },
  evalite: {
    label: 'evalite',
    signs: /"runType"\s*:/,
    load: async () => (await import('./evalite/importer.ts')).evaliteImporter,
  },
  langfuse: {
    label: 'Langfuse',
    signs: /"trace"|experimentItemId|observationCount|sessionId|htmlPath|parentObservationId/,
    load: async () => (await import('./langfuse/langfuse.ts')).langfuseImporter,
  },
  phoenix: {
    label: 'Phoenix',
    signs: /example_id/,
    load: async () => (await import('./phoenix/phoenix.ts')).phoenixImporter,
  },
  mlflow: {
    label: 'MLflow',
    signs: /"columns"|trace_id|trace_metadata|request_metadata/,
    load: async () => (await import('./mlflow/mlflow.ts')).mlflowImporter,
  },
  braintrust: {
    label: 'Braintrust',
    signs: /_xact_id|root_span_id|span_attributes|experiment_id|_pagination_key/,
    load: async () => (await import('./braintrust/braintrust.ts')).braintrustImporter,
  },
  bifrost: {
    label: 'Bifrost',
    signs: /fallback_index|virtual_key_id|number_of_retries|selected_key_id/,
    load: async () => (await import('./bifrost/bifrost.ts')).bifrostImporter,
  },
  otel: {
    label: 'OpenTelemetry',
    signs: /"resource(?:Spans|Logs)"/,
    load: async () => (await import('./otel/otel.ts')).otelImporter,
  },
};

/** Most files are plain rows: one look tells that no importer is needed. */
const ANY_SIGN = new RegExp(
  Object.values(IMPORTERS)
    .map(({ signs }) => signs.source)
    .join('|'),
  'm',
);

/** The importers that may read a file, by a cheap look at its start. */
export function possibleImporters({
  kind,
  head,
}: Pick<ImportFile, 'kind' | 'head'>): readonly ImporterEntry[] {
  const entries = Object.values(IMPORTERS);
  if (kind === 'zip') return entries.filter(({ hasArchives }) => hasArchives);
  return ANY_SIGN.test(head) ? entries.filter(({ signs }) => signs.test(head)) : [];
}

/** The importer of a name. */
export async function importerOf(name: ImporterName): Promise<Importer> {
  return IMPORTERS[name].load();
}
