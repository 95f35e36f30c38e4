import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareRequest } from '../../request/index.ts';
import { openSession, type StudioSession } from '../session.ts';
import { aside } from './aside.ts';
import { ASIDE_WORK } from './aside-jobs.ts';
import { inputPoints } from './input-points.ts';
import { allCases } from './read-cases.ts';
import { searchedDimensions } from './search-input.ts';

const cwd = fileURLToPath(new URL('../../../examples/article', import.meta.url));
const ports = { cwd, now: () => new Date('2026-03-01T00:00:00Z'), progress: () => {} };
const open = async () => {
  const flags = { baseline: ['before.jsonl'], candidate: ['after.jsonl'], slice: ['segment'] };
  return openSession(await prepareRequest({ flags, configFile: null }, cwd), ports);
};
let session: StudioSession;

beforeAll(async () => {
  session = await open();
});
afterAll(() => session.close());

test('a thread gives what the same work gives in place', async () => {
  const { cases } = searchedDimensions(await allCases(null, 'all', session));
  const options = { maxDepth: 3, minLeaf: 20, alpha: 1, level: 0.95 };
  const here = await ASIDE_WORK.tree({ cases, options }, ports);
  expect(here.tree.children).toHaveLength(2);
  expect(await aside('tree', { cases, options }, session)).toEqual(here);
  const pairs = await ASIDE_WORK.associations({ cases }, ports);
  expect(await aside('associations', { cases }, session)).toEqual(pairs);
});

test('points are the same where results are opened anew', async () => {
  const { coded, shape } = await allCases(null, 'all', session);
  const { config, comparison } = session.release;
  const measure = { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' } as const;
  const order = { input: 'input', measure, paired: shape.paired, coded };
  const here = await inputPoints(comparison, order);
  expect(here.points.length).toBe(coded.candidate.length);
  expect(await ASIDE_WORK.points({ config, order }, ports)).toEqual(here);
});

test('a search in a thread says its stages, and is refused in words', async () => {
  const stages: string[] = [];
  const { config } = session.request;
  const found = await aside('search', { config }, session, (stage) => stages.push(stage));
  expect(found.slices.length).toBeGreaterThan(0);
  expect(stages).toContain('searching');
  const missing = { ...config.inputs.runs, candidate: { files: ['gone.jsonl'], run: null } };
  const gone = { ...config, inputs: { ...config.inputs, runs: missing } };
  await expect(aside('search', { config: gone }, session)).rejects.toThrow('gone.jsonl');
});

test('a closed session ends the thread', async () => {
  const own = await open();
  const search = aside('search', { config: own.request.config }, own);
  const failed = expect(search).rejects.toThrow('the studio was closed');
  await own.close();
  await failed;
});
