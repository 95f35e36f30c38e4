/** What a metric is called in sentences and headings. */

const NAMES: Readonly<Record<string, string>> = {
  passRate: 'pass rate',
  errorRate: 'error rate',
  macroF1: 'macro F1',
  macroRecall: 'macro recall',
  macroPrecision: 'macro precision',
  weightedF1: 'weighted F1',
  mcc: 'Matthews correlation',
  cost: 'cost per case',
};

/**
 * The name of a metric id for people; ids that read well stay as they are.
 *
 * @example metricName('passRate') // 'pass rate'
 * @example metricName('f2:fraud') // 'F2 of fraud'
 * @example metricName('p95:latency') // 'p95:latency'
 */
export function metricName(id: string): string {
  const ofClass = /^(recall|precision|specificity|f[0-9.]+):([\s\S]+)$/.exec(id);
  if (ofClass !== null) return `${ofClass[1]!.replace(/^f/, 'F')} of ${ofClass[2]}`;
  return NAMES[id] ?? id;
}
