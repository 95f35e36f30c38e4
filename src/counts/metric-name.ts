/** What a metric is called in sentences and headings. */

const NAMES: Readonly<Record<string, string>> = {
  passRate: 'pass rate',
  errorRate: 'error rate',
};

/**
 * The name of a metric id for people; ids that read well stay as they are.
 *
 * @example metricName('passRate') // 'pass rate'
 * @example metricName('p95:latency') // 'p95:latency'
 */
export function metricName(id: string): string {
  return NAMES[id] ?? id;
}
