/** The column names that are understood without being told, role by role, best first. */

import type { Role } from './roles.ts';

/**
 * Names as `plainName` spells them: lower case, without `_`, `-` and blanks. They come from the tables that eval tools
 * write (promptfoo, Inspect, lm-evaluation-harness, DeepEval) and from what people call such columns.
 * `run` and its kin are looked for only when one run of several was asked for.
 */
export const ROLE_NAMES: Readonly<Record<Role, readonly string[]>> = {
  caseId: [
    'caseid',
    'testcaseid',
    'id',
    'exampleid',
    'sampleid',
    'itemid',
    'docid',
    'questionid',
    'testid',
    'instanceid',
    'uid',
    'uuid',
    'key',
  ],
  trial: [
    'trial',
    'trialid',
    'trialindex',
    'repeat',
    'repeatindex',
    'repetition',
    'epoch',
    'attempt',
    'runindex',
  ],
  segment: ['segment', 'slice', 'task', 'category', 'customer', 'language'],
  passed: ['passed', 'pass', 'success', 'iscorrect', 'correct', 'ok', 'result', 'exactmatch', 'acc'],
  score: ['score'],
  expected: [
    'expected',
    'expectedoutput',
    'target',
    'label',
    'gold',
    'reference',
    'referenceanswer',
    'groundtruth',
    'ideal',
    'ytrue',
    'truelabel',
    'trueclass',
    'actuallabel',
    'actual',
  ],
  predicted: ['prediction', 'predicted', 'pred', 'predictedlabel', 'ypred', 'predictedclass', 'predlabel'],
  probabilities: ['probabilities', 'probs', 'classprobabilities', 'proba'],
  input: ['input', 'question', 'prompt', 'text', 'query', 'instruction'],
  output: [
    'output',
    'answer',
    'response',
    'completion',
    'actualoutput',
    'modeloutput',
    'generation',
    'response.output',
  ],
  timestamp: ['timestamp', 'createdat', 'startedat', 'datetime'],
  latency: [
    'latency',
    'latencyms',
    'latencys',
    'latencyseconds',
    'duration',
    'durationms',
    'durationseconds',
    'elapsed',
    'elapsedms',
    'responsetime',
    'responsetimems',
    'totaltime',
  ],
  cost: ['cost', 'costusd', 'totalcost', 'totalcostusd'],
  cluster: ['cluster', 'clusterid', 'groupid', 'conversationid'],
  weight: ['weight', 'sampleweight', 'caseweight'],
  error: ['error', 'errormessage', 'exception', 'error.message', 'error.type'],
  run: ['run', 'runid', 'runname', 'variant', 'model', 'modelname', 'modelid'],
  judgeFingerprint: [
    'judgefingerprint',
    'judgehash',
    'judgeprompthash',
    'judgeid',
    'judgeversion',
    'judgemodel',
    'scorerversion',
    'gradermodel',
  ],
  datasetFingerprint: ['datasetfingerprint', 'datasethash', 'datasetversion', 'datasetid'],
  promptFingerprint: ['promptfingerprint', 'prompthash', 'promptversion', 'promptid'],
  codeFingerprint: [
    'codefingerprint',
    'codehash',
    'codeversion',
    'gitcommit',
    'gitsha',
    'githash',
    'commitsha',
    'commithash',
    'commit',
  ],
};

/** What reports and messages call a role. */
export const ROLE_LABELS: Readonly<Record<Role, string>> = {
  caseId: 'case id',
  trial: 'trial',
  segment: 'segment',
  passed: 'passed',
  score: 'score',
  expected: 'expected answer',
  predicted: 'predicted label',
  probabilities: 'probabilities',
  input: 'input',
  output: 'output',
  timestamp: 'timestamp',
  latency: 'latency',
  cost: 'cost',
  cluster: 'cluster',
  weight: 'weight',
  error: 'error',
  run: 'run',
  judgeFingerprint: 'judge fingerprint',
  datasetFingerprint: 'dataset fingerprint',
  promptFingerprint: 'prompt fingerprint',
  codeFingerprint: 'code fingerprint',
};

/**
 * A column name as the tables above spell it.
 *
 * @example plainName('Case_ID') // 'caseid'
 */
export function plainName(column: string): string {
  return column.toLowerCase().replace(/[_\-\s]/g, '');
}

/**
 * The role that columns of this name play, where somebody wrote the name of a column instead of the role.
 *
 * @example roleMeant('label') // 'expected'
 */
export function roleMeant(name: string): Role | null {
  const plain = plainName(name);
  const found = Object.entries(ROLE_NAMES).find(([, names]) => names.includes(plain));
  return found === undefined ? null : (found[0] as Role);
}
