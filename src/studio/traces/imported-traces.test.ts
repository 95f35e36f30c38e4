/** Traces over real sessions on logs of Inspect: what is shown at once, offered, embedded, and said where a file cannot be read. */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embeddedAnswers } from '../../../test/embedded-report.ts';
// The logs of a test are written by the importer's own helpers.
import { archiveOf, log, sample } from '../../sources/importers/inspect/test-logs.ts';
import { zipOf } from '../../sources/importers/zip/test-zip.ts';
import { answerKey } from '../contract/embedded.ts';
import type { CaseEndpoints } from '../contract/index.ts';
import { EMBED_LIMITS, embedAnswers } from '../html/embed-answers.ts';
import { casesServices } from '../services/cases.ts';
import { SERVICES } from '../services/index.ts';
import type { StudioSession } from '../session.ts';
import { madeSessions } from '../testing/made-sessions.ts';

const { folder, open } = madeSessions();

const turns = (city: string, more: readonly object[] = []): readonly object[] => [
  { role: 'user', content: 'Weather?' },
  { role: 'assistant', content: '', tool_calls: [{ id: 'c', function: 'weather', arguments: { city } }] },
  { role: 'tool', tool_call_id: 'c', content: '12 degrees' },
  ...more,
  { role: 'assistant', content: 'It is cool.' },
];

/** Two agents with two trials, of which the long one has much to say, and a plain answer. */
function samples(city: string): readonly unknown[] {
  const long = Array.from({ length: 40 }, (_, i) => ({ role: 'user', content: `${i} `.repeat(5_000) }));
  return [
    sample('agent', { messages: turns('Bonn') }),
    sample('agent', { epoch: 2, messages: turns(city) }),
    sample('long', { messages: turns(city, long) }),
    sample('plain'),
  ];
}

function ask<N extends keyof CaseEndpoints>(
  session: StudioSession,
  name: N,
  params: CaseEndpoints[N]['params'],
): Promise<CaseEndpoints[N]['answer']> {
  return casesServices[name].answer(params as never, session) as Promise<CaseEndpoints[N]['answer']>;
}

const archive = (name: string, city: string): string => {
  writeFileSync(join(folder, name), zipOf(archiveOf(log(samples(city)))));
  return name;
};

test('agents are shown, plain answers offered; trials are kept apart; a report holds what is short, and says what it leaves out', async () => {
  const session = await open({
    baseline: [archive('old.eval', 'Bonn')],
    candidate: [archive('new.eval', 'Köln')],
  });
  const stateOf = async (ref: string) => (await ask(session, 'case', { ref, metric: '' })).trace;
  expect(await Promise.all(['agent', 'long', 'plain'].map(stateOf))).toEqual(['shown', 'shown', 'offered']);

  const first = await ask(session, 'case-trace', { ref: 'agent', trial: '1' });
  expect(first).toMatchObject({ divergence: null, before: { steps: 4 }, after: { steps: 4 } });
  const second = await ask(session, 'case-trace', { ref: 'agent', trial: '2' });
  expect(second).toMatchObject({
    divergence: 1,
    callDivergence: null,
    rows: [
      { kind: 'same' },
      { kind: 'changed', changes: [{ path: 'city', before: '"Bonn"', after: '"Köln"' }] },
      { kind: 'same' },
      { kind: 'same' },
    ],
    before: { from: 'old.eval/samples/agent_epoch_2.json', notes: [], link: null, id: null },
    after: { from: 'new.eval/samples/agent_epoch_2.json' },
  });
  const plain = await ask(session, 'case-trace', { ref: 'plain', trial: '1' });
  expect(plain).toMatchObject({ state: 'aligned', before: { steps: 2 } });

  const services = { 'case-trace': SERVICES['case-trace'] };
  const { notices, ...packed } = await embedAnswers(session, EMBED_LIMITS, services);
  const { firstTrial } = await ask(session, 'case', { ref: 'agent', metric: '' });
  expect([...(await embeddedAnswers(packed)).keys()]).toEqual([
    answerKey('case-trace', { ref: 'agent', trial: firstTrial }),
  ]);
  expect(notices.join()).toContain('1 of 2 traces');
});

test('a file that was changed or is gone is said, beside what the other run did', async () => {
  const session = await open({
    baseline: [archive('a.eval', 'Bonn')],
    candidate: [archive('b.eval', 'Bonn')],
  });
  const traced = () => ask(session, 'case-trace', { ref: 'agent', trial: '1' });
  writeFileSync(join(folder, 'a.eval'), 'something else');
  expect(await traced()).toMatchObject({
    ...{ state: 'aligned', divergence: null },
    before: { steps: 0, from: null, notes: [expect.stringMatching(/^a\.eval: the file was changed/)] },
    after: { steps: 4, notes: [] },
  });
  rmSync(join(folder, 'a.eval'));
  rmSync(join(folder, 'b.eval'));
  expect(await traced()).toEqual({
    state: 'none',
    why: ['a.eval', 'b.eval'].map((name) => expect.stringMatching(`^${name}: the file is gone`)),
  });
});

test('many questions at once are answered one by one, each its own', async () => {
  const session = await open({
    baseline: [archive('c.eval', 'Bonn')],
    candidate: [archive('d.eval', 'Köln')],
  });
  const asked = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? '1' : '2'));
  const answers = await Promise.all(
    asked.map((trial) => ask(session, 'case-trace', { ref: 'agent', trial })),
  );
  expect(answers.map((answer) => (answer.state === 'aligned' ? answer.divergence : answer.why))).toEqual(
    asked.map((trial) => (trial === '1' ? null : 1)),
  );
});
