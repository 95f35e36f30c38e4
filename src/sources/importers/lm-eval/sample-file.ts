/** What the name of a samples file says: lm-evaluation-harness writes task and date nowhere else. */

/** `2026-01-21T03-44-18.458309`; shared by a header and its samples files. */
const DATE_ID = '\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}(?:\\.\\d+)?';
const SAMPLES = new RegExp(`^samples_(.+)_(${DATE_ID})\\.jsonl?(?:\\.(?:gz|zst))?$`);
const RESULTS = new RegExp(`^results_(${DATE_ID})\\.json(?:\\.(?:gz|zst))?$`);

/** Parts of a name; null for what it does not say. */
export interface NameParts {
  readonly task: string | null;
  readonly dateId: string | null;
  /** The folder that the file is in: the harness names it after the model. */
  readonly folder: string | null;
}

/**
 * @param label path of the file
 * @example namePartsOf('gpt2/samples_arc_easy_2026-01-21T03-44-18.458309.jsonl').task // 'arc_easy'
 */
export function namePartsOf(label: string): NameParts {
  const parts = label.split('/');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2);
  const samples = SAMPLES.exec(name);
  const results = RESULTS.exec(name);
  return {
    task: samples?.[1] ?? /^samples_(.+?)\.jsonl?$/.exec(name)?.[1] ?? null,
    dateId: samples?.[2] ?? results?.[1] ?? null,
    folder: folder === undefined || folder === '..' || folder === '.' ? null : folder,
  };
}
