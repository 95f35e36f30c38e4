/** What a column of a result file can mean to Slicewise. */

/** Every role, in the order in which reports list them. */
export const ROLES = [
  'caseId',
  'trial',
  'segment',
  'passed',
  'score',
  'expected',
  'predicted',
  'probabilities',
  'input',
  'output',
  'timestamp',
  'latency',
  'cost',
  'cluster',
  'weight',
  'error',
  'run',
  'judgeFingerprint',
  'datasetFingerprint',
  'promptFingerprint',
  'codeFingerprint',
] as const;

export type Role = (typeof ROLES)[number];

/** Which column of one run plays which role. A role without a column is absent. */
export type ColumnMapping = Readonly<Partial<Record<Role, string>>>;

/** What tells the cases of a run apart: a case id column, else the input text, else every row is a case of its own. */
export function caseKey(mapping: ColumnMapping): 'caseId' | 'input' | 'row' {
  if (mapping.caseId !== undefined) return 'caseId';
  return mapping.input === undefined ? 'row' : 'input';
}
