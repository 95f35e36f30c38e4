import { beforeAll, describe, expect, it } from 'vitest';
import { embeddedAnswers } from '../../../test/embedded-report.ts';
import { answerKey } from '../contract/embedded.ts';
import { SERVICES } from '../services/index.ts';
import type { StudioSession } from '../session.ts';
import { articleFile, madeSessions } from '../testing/made-sessions.ts';
import { EMBED_LIMITS, embedAnswers } from './embed-answers.ts';

const { open } = madeSessions();
let session: StudioSession;
beforeAll(async () => {
  session = await open({
    baseline: articleFile('before.jsonl'),
    candidate: articleFile('after.jsonl'),
    slice: ['segment'],
  });
});

describe('the answers of a report', () => {
  it('are those that the studio gives', async () => {
    const { notices, ...packed } = await embedAnswers(session);
    const answers = await embeddedAnswers(packed);
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
      expect(answers.get(answerKey(name, params))).toEqual(JSON.parse(JSON.stringify(served)));
    }
  });

  it('of a large report are as many as fit, the worst slices first, and the rest is counted', async () => {
    const { slice } = SERVICES;
    const one = { part: 1 };
    const whole = await embedAnswers(session, { ...EMBED_LIMITS, ...one }, { slice });
    const ids = session.release.report.slices.map(({ id }) => id);
    expect([...(await embeddedAnswers(whole)).keys()]).toEqual(ids.map((id) => answerKey('slice', { id })));
    const limit = whole.parts.slice(0, 3).reduce((sum, { length }) => sum + length, 0);

    for (const limits of [
      { all: 1_000_000, each: limit, ...one },
      { all: limit, each: 1_000_000, ...one },
    ]) {
      const { parts, notices, index } = await embedAnswers(session, limits, { slice });
      expect(parts).toEqual(whole.parts.slice(0, 3));
      expect([...(await embeddedAnswers({ parts, index })).keys()]).toEqual(
        ids.slice(0, 3).map((id) => answerKey('slice', { id })),
      );
      expect(notices).toEqual([
        `This file holds 3 of ${ids.length} slices with their cases and definition, the most telling first; the studio shows all.`,
      ]);
    }
    const none = await embedAnswers(session, { all: 10, each: 10, part: 1000 }, { slice });
    expect([none.parts, none.notices]).toEqual([
      [],
      [
        `This file holds 0 of ${ids.length} slices with their cases and definition, the most telling first; the studio shows all.`,
      ],
    ]);
  });

  it('stand together in parts, packed to a fraction of their size', async () => {
    const { slice } = SERVICES;
    const packed = await embedAnswers(session, EMBED_LIMITS, { slice });
    const answers = await embeddedAnswers(packed);
    const characters = JSON.stringify(Object.fromEntries(answers)).length;
    expect(packed.parts.length).toBe(Math.ceil(characters / EMBED_LIMITS.part));
    expect(packed.parts.join('').length).toBeLessThan(characters / 3);
  });

  it('say in one sentence whatever was cut', async () => {
    const { slice, 'slice-causes': causes } = SERVICES;
    const { notices } = await embedAnswers(
      session,
      { all: 10, each: 10, part: 1000 },
      { slice, 'slice-causes': causes },
    );
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
    const { parts, notices } = await embedAnswers(session, EMBED_LIMITS, asking([{ id: 'nothing' }]));
    expect([parts, notices]).toEqual([[], []]);
    await expect(embedAnswers(session, EMBED_LIMITS, asking([{ id: '' }]))).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});
