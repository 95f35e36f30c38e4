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

/** True where each of the patterns is found in the start of a text. */
const has =
  (...patterns: readonly RegExp[]) =>
  ({ head }: ImportFile): boolean =>
    patterns.every((pattern) => pattern.test(head));

/** In the order in which messages list them. */
export const IMPORTERS: Partial<Record<ImporterName, ImporterEntry>> = {
  inspect: {
    label: 'Inspect',
    mayRead: (file) => file.kind === 'zip' || has(/"(?:eval|plan|samples)"\s*:/)(file),
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
};

/** The importer of a name. */
export async function importerOf(name: ImporterName): Promise<Importer> {
  return IMPORTERS[name]!.load();
}
