import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFromFlags } from '../../config/index.ts';
import { answerKey } from '../contract/embedded.ts';
import { SERVICES } from '../services/index.ts';
import { openSession, type StudioSession } from '../session.ts';
import { EMBED_LIMITS, embedAnswers } from './embed-answers.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-embed-'));
const article = (file: string) => resolve('examples/article', file);
let session: StudioSession;

beforeAll(async () => {
  const config = configFromFlags({
    baseline: [article('before.jsonl')],
    candidate: [article('after.jsonl')],
    slice: ['segment'],
  });
  const request = { config, waivers: [], inputs: 'before.jsonl after.jsonl', rules: '', recordAs: 'main' };
  session = await openSession(request, {
    cwd: folder,
    now: () => new Date('2026-01-02T03:04:05Z'),
    progress: () => {},
  });
});
afterAll(async () => {
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the answers of a report', () => {
  it('are those that the studio gives', async () => {
    const { answers, notices } = await embedAnswers(session);
    expect(notices).toEqual([]);
    const id = session.release.report.slices[0]!.id;
    for (const [name, params] of [
      ['release', {}],
      ['slices', {}],
      ['findings', {}],
      ['slice', { id }],
    ] as const) {
      const service = SERVICES[name];
      const served = await service.answer(params as never, session);
      expect(JSON.parse(answers.get(answerKey(name, params))!)).toEqual(JSON.parse(JSON.stringify(served)));
    }
  });

  it('of a large report are as many as fit, the worst slices first, and the rest is counted', async () => {
    const { slice } = SERVICES;
    const whole = await embedAnswers(session, EMBED_LIMITS, { slice });
    const ids = session.release.report.slices.map(({ id }) => id);
    expect([...whole.answers.keys()]).toEqual(ids.map((id) => answerKey('slice', { id })));
    const sizes = [...whole.answers.values()].map((text) => text.length);
    const limit = sizes.slice(0, 3).reduce((sum, size) => sum + size, 0);

    for (const limits of [
      { all: 1_000_000, each: limit },
      { all: limit, each: 1_000_000 },
    ]) {
      const { answers, notices } = await embedAnswers(session, limits, { slice });
      expect([...answers.keys()]).toEqual([...whole.answers.keys()].slice(0, 3));
      expect(notices).toEqual([
        `This file holds 3 of ${ids.length} slices with their cases and definition, the most telling first; the studio shows all.`,
      ]);
    }
    const none = await embedAnswers(session, { all: 10, each: 10 }, { slice });
    expect(none.notices).toEqual([
      `This file holds 0 of ${ids.length} slices with their cases and definition, the most telling first; the studio shows all.`,
    ]);
  });

  it('say in one sentence whatever was cut', async () => {
    const { slice, 'slice-causes': causes } = SERVICES;
    const { notices } = await embedAnswers(session, { all: 10, each: 10 }, { slice, 'slice-causes': causes });
    expect(notices).toEqual([
      expect.stringMatching(
        /^This file holds 0 of \d+ slices with [^,]+ and 0 of \d+ slices with [^,]+, the most/,
      ),
    ]);
  });

  it('do not hold what nobody can answer, and a question that would be refused is a fault', async () => {
    const { slice } = SERVICES;
    const asking = (asks: readonly { readonly id: string }[]) => ({
      slice: { ...slice, embed: async () => ({ asks, what: 'slices' }) },
    });
    const { answers, notices } = await embedAnswers(session, EMBED_LIMITS, asking([{ id: 'nothing' }]));
    expect([answers.size, notices]).toEqual([0, []]);
    await expect(embedAnswers(session, EMBED_LIMITS, asking([{ id: '' }]))).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});
