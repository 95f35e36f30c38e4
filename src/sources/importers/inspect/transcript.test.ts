/** Transcripts of Inspect samples: found by id and epoch in every kind of log, whole, bounded, and told where they are broken. */

import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { createProblemLog } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { openRun } from '../../open-run.ts';
import type { ImportFile } from '../importer.ts';
import type { Transcript } from '../transcript.ts';
import { step } from '../transcript.ts';
import { type TestMember, zipOf } from '../zip/test-zip.ts';
import { findTranscript } from './find-transcript.ts';
import { messageSteps } from './message-steps.ts';
import { readTranscript } from './read-transcript.ts';
import { archiveFile, archiveFileOf, archiveOf, folderMembers, log, sample } from './test-logs.ts';

const RUN = 'quiz: maker/model';
/** The transcript, as a run's reader finds it. */
async function find(file: ImportFile, caseId: string, trial = '1'): Promise<Transcript | null> {
  const problems = createProblemLog();
  const found = await findTranscript([file], { run: RUN, caseId, trial }, problems);
  problems.throwIfAny();
  return found;
}
const texts = (found: Transcript | null): readonly string[] => found?.steps.map(({ text }) => text) ?? [];
const plain = (reference: string): string => reference;

/** A conversation in which a tool is called. */
function agent(city: string): readonly unknown[] {
  return [
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: '',
      tool_calls: [{ id: 'c1', function: 'weather', arguments: { city } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: '12 degrees' },
    { role: 'assistant', content: `12 degrees in ${city}` },
  ];
}

describe('A message', () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ['a text', { role: 'user', content: 'Hi' }, [step('message', 'user', 'Hi')]],
    ['nothing at all', { role: 'assistant', content: '' }, [step('message', 'assistant', '')]],
    [
      'thoughts, texts and an image',
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', reasoning: 'hm' },
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
          { type: 'image', image: 'https://a.example/i.png' },
        ],
      },
      [
        step('reasoning', 'assistant', 'hm'),
        step('message', 'assistant', 'a\nb\n[image https://a.example/i.png]'),
      ],
    ],
    [
      'hidden thoughts',
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', reasoning: 'b2xk', redacted: true, summary: 'in short' },
          { type: 'reasoning', reasoning: 'b2xk', redacted: true },
        ],
      },
      [
        step('reasoning', 'assistant', 'in short'),
        step('reasoning', 'assistant', '[redacted by the provider]'),
      ],
    ],
    [
      "a tool of the provider's between texts",
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I search.' },
          {
            ...{ type: 'tool_use', tool_type: 'web_search', id: 't', name: 'search', arguments: '{"q":1}' },
            ...{ result: 'nothing', error: 'too many' },
          },
          { type: 'text', text: 'Sorry.' },
        ],
        tool_calls: [{ id: 'c', function: 'stop', arguments: {} }],
      },
      [
        step('message', 'assistant', 'I search.'),
        step('call', 'assistant', '{"q":1}', { tool: 'search' }),
        step('result', 'tool', 'too many\nnothing', { tool: 'search', failed: true }),
        step('message', 'assistant', 'Sorry.'),
        step('call', 'assistant', '{}', { tool: 'stop' }),
      ],
    ],
    [
      'a tool that failed',
      { role: 'tool', function: 'bash', content: '', error: { type: 'timeout', message: 'after 5 s' } },
      [step('result', 'tool', 'timeout: after 5 s', { tool: 'bash', failed: true })],
    ],
    ['what is no message', 7, [step('message', 'other', '7')]],
    ['a role that nobody knows', { role: 'x', content: 'y' }, [step('message', 'other', 'y')]],
  ])('with %s is read part by part', (_, message, expected) => {
    expect(messageSteps(message, new Map(), plain)).toEqual(expected);
  });

  it('with images tells different ones apart, and names documents', () => {
    const of = (part: object) =>
      messageSteps({ role: 'user', content: [part] }, new Map(), plain).map(({ text }) => text)[0]!;
    const image = (data: string) => of({ type: 'image', image: `data:image/png;base64,${data}` });
    expect(image('AAAA')).toMatch(/^\[image [0-9a-f]{8}\]$/);
    expect(image('AAAA')).not.toBe(image('AAAB'));
    expect(of({ type: 'document', document: 'data:x', filename: 'a.pdf' })).toMatch(
      /^\[document a\.pdf [0-9a-f]{8}\]$/,
    );
  });
});

describe('A transcript', () => {
  const samples = [
    sample('a', { messages: agent('Bonn') }),
    sample('a', { epoch: 2, messages: agent('Köln') }),
    sample(7, { messages: agent('Rome') }),
  ];
  const files: readonly (readonly [string, ImportFile])[] = [
    ...(['stored', 'deflate', 'zstd', 'zstd-frames'] as const).map(
      (method) =>
        [`an archive (${method})`, archiveFileOf('a.eval', archiveOf(log(samples), method))] as const,
    ),
    ['a JSON log', textFile('a.json', JSON.stringify(log(samples)))],
    ['a JSON log with line breaks', textFile('a.json', JSON.stringify(log(samples), null, 2))],
  ];
  it.each(files)('is found by id and epoch in %s', async (_, file) => {
    expect((await find(file, 'a'))?.steps).toEqual([
      step('message', 'user', 'Weather?'),
      step('call', 'assistant', '{"city":"Bonn"}', { tool: 'weather' }),
      step('result', 'tool', '12 degrees', { tool: 'weather' }),
      step('message', 'assistant', '12 degrees in Bonn'),
    ]);
    expect(texts(await find(file, 'a', '2')).at(-1)).toBe('12 degrees in Köln');
    expect(texts(await find(file, '7')).at(-1)).toBe('12 degrees in Rome');
    expect(await find(file, 'b')).toBeNull();
    expect(await find(file, 'a', '3')).toBeNull();
  });

  it('is that of its own run where several logs are one set of files', async () => {
    const of = (id: string, city: string) =>
      archiveFileOf(
        `${id}.eval`,
        archiveOf(
          log([sample('a', { messages: agent(city) })], {
            eval: { ...(log([]).eval as object), eval_id: id, created: id },
          }),
        ),
      );
    const both = [of('E1', 'Bonn'), of('E2', 'Köln')];
    const place = { run: `${RUN} (E2)`, caseId: 'a', trial: '1' };
    const found = await findTranscript(both, place, createProblemLog());
    expect(found?.from).toBe('E2.eval/samples/a_epoch_1.json');
    expect(texts(found).at(-1)).toBe('12 degrees in Köln');
  });

  it('has attachments where they are referred to, and says which are missing', async () => {
    const messages = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'attachment://aa' },
          { type: 'text', text: 'tc://bb' },
        ],
      },
      {
        role: 'assistant',
        content: 'x',
        tool_calls: [{ id: '1', function: 'f', arguments: { in: ['attachment://cc', 1] } }],
      },
      { role: 'tool', function: 'f', content: 'attachment://gone' },
    ];
    const stored = { aa: 'long\ntext', bb: 'old', cc: 'argument', dd: 'of nobody' };
    for (const more of [{ attachments: stored }, { transcript: { content: stored } }]) {
      const file = archiveFileOf('a.eval', archiveOf(log([sample('a', { messages, ...more })])));
      const found = await find(file, 'a');
      expect(texts(found)).toEqual(['long\ntext\nold', 'x', '{"in":["argument",1]}', 'attachment://gone']);
      expect(found?.notes).toEqual([expect.stringContaining('1 of 4 attachments are not in the log')]);
    }
  });

  it('ends with the output where no message is an answer', async () => {
    const file = (messages: readonly unknown[]) =>
      archiveFileOf('a.eval', archiveOf(log([sample('a', { messages })])));
    expect(texts(await find(file([{ role: 'user', content: 'Hi' }]), 'a'))).toEqual(['Hi', 'yes']);
    expect(texts(await find(file(agent('Bonn')), 'a'))).toHaveLength(4);
  });

  it('is that of the longest call of a model where the sample has no messages, out of the pool of its events', async () => {
    const model = (input_refs: unknown, said: string, role: string | null = null) => ({
      ...{ event: 'model', model: 'm', role, input: [], input_refs },
      output: { choices: [{ message: { role: 'assistant', content: said } }] },
    });
    const pool = ['one', 'two', 'graded', 'three'].map((content) => ({ role: 'user', content }));
    const events = [
      { event: 'span_begin', name: 'model' },
      model([[0, 1]], 'first'),
      model([[3, 4], [0, 2]], 'last'), // biome-ignore format: ranges
      model([[2, 3]], 'C', 'grader'),
    ];
    const more = { messages: [], events, events_data: { messages: pool, calls: [] } };
    const found = await find(archiveFileOf('a.eval', archiveOf(log([sample('a', more)]))), 'a');
    expect(texts(found)).toEqual(['three', 'one', 'two', 'last']);
    expect(found?.notes).toEqual([expect.stringContaining('longest call of a model')]);
    const whole = { ...model(null, 'last'), input: pool.slice(0, 2) };
    const inline = archiveFileOf('a.eval', archiveOf(log([sample('a', { messages: [], events: [whole] })])));
    expect(texts(await find(inline, 'a'))).toEqual(['one', 'two', 'last']);
    const none = { messages: [], output: {}, events: [] };
    expect(await find(archiveFileOf('a.eval', archiveOf(log([sample('a', none)]))), 'a')).toBeNull();
  });

  it('of ten thousand messages is cut, and says so; so is a message that is too long', async () => {
    const messages = Array.from({ length: 10_000 }, (_, i) => ({ role: 'user', content: `say ${i}` }));
    const found = await find(archiveFileOf('a.eval', archiveOf(log([sample('a', { messages })]))), 'a');
    expect(found?.steps).toHaveLength(4_000);
    expect(found?.notes).toEqual(['The sample has 10,000 messages, of which the first 4,000 were read.']);
    const document = (content: string) => ({
      ...{ label: 'a', path: '' },
      async *blocks() {
        yield JSON.stringify(sample('a', { messages: [{ role: 'tool', content }, ...agent('Bonn')] }));
      },
    });
    const limits = { messages: 100, characters: 10_000, longest: 500 };
    const long = await readTranscript(document('x'.repeat(900)), limits);
    expect(long?.steps[0]).toMatchObject({
      ...{ kind: 'result', role: 'tool' },
      text: expect.stringMatching(/^\[a message of 9\d\d characters, SHA-256 [0-9a-f]{16}\]$/),
    });
    expect(long?.notes).toEqual([
      '1 message of more than 500 characters: only their sizes and hashes are shown.',
    ]);
    const other = await readTranscript(document('y'.repeat(900)), limits);
    expect(other?.steps[0]?.text).not.toBe(long?.steps[0]?.text);
    const few = await readTranscript(document('x'), { ...limits, characters: 100 });
    expect(few?.notes).toEqual(['The sample has 5 messages, of which the first 2 were read.']);
  });

  it('needs no memory for the rest of a large sample', async () => {
    const events = Array.from({ length: 120 }, (_, i) => ({ event: 'info', data: `${i}`.repeat(200_000) }));
    const file = archiveFileOf('a.eval', archiveOf(log([sample('a', { messages: agent('Bonn'), events })])));
    let most = 0;
    const before = process.memoryUsage().external;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().external - before);
    }, 1);
    expect(texts(await find(file, 'a'))).toHaveLength(4);
    clearInterval(watch);
    expect(most).toBeLessThan(20_000_000);
  });

  it.each(['../../etc/passwd', 'a/b', '__proto__', 'x\ny', '*', 'a.b', ' ', 'é', '\u202e', 'x_epoch_2'])(
    'of a sample with the id %j is that sample',
    async (id) => {
      const all = [sample(id, { messages: agent('Bonn') }), sample('x', { messages: agent('Rome') })];
      for (const file of [
        archiveFileOf('a.eval', archiveOf(log(all))),
        textFile('a.json', JSON.stringify(log(all))),
      ]) {
        expect(texts(await find(file, id)).at(-1)).toBe('12 degrees in Bonn');
      }
    },
  );

  it('is that of the sample that a member holds, whatever the member is called', async () => {
    const members = archiveOf(log([sample('a', { messages: agent('Bonn') }), sample('b')]));
    const [a, b] = [members[1]!, members[2]!];
    const swapped = [
      members[0]!,
      { ...a, content: b.content },
      { ...b, content: a.content },
      members.at(-1)!,
    ];
    expect(texts(await find(archiveFileOf('a.eval', swapped), 'a'))).toHaveLength(4);
    const file = textFile('a.json', JSON.stringify(log([sample('\ud800', { messages: agent('Bonn') })])));
    expect(texts(await find(file, '\ufffd'))).toHaveLength(4);
  });
});

describe('A broken log', () => {
  const members = archiveOf(log([sample('a', { messages: agent('Bonn') }), sample('b')]), 'deflate');
  const failure = async (change: (member: TestMember) => TestMember): Promise<string> => {
    const changed = members.map((one) => (one.name === 'samples/a_epoch_1.json' ? change(one) : one));
    return find(archiveFileOf('a.eval', changed), 'a').then(
      () => 'nothing',
      (error: unknown) => {
        expect(error).toBeInstanceOf(DataError);
        return (error as DataError).message;
      },
    );
  };
  it.each<[string, (member: TestMember) => TestMember, RegExp]>([
    ['that is cut off', (one) => ({ ...one, content: String(one.content).slice(0, 200) }), /does not end/],
    ['that is no JSON', (one) => ({ ...one, content: 'no' }), /expected a JSON object/],
    [
      'with a message that is no JSON',
      (one) => ({ ...one, content: String(one.content).replace('"Weather?"', '"Weather?" x') }),
      /a message of the sample is malformed/,
    ],
    ['that is not UTF-8', (one) => ({ ...one, content: Buffer.from([0x7b, 0xff, 0xfe]) }), /UTF-8/],
    ['of a method that nobody knows', (one) => ({ ...one, method: 12 }), /compressed with method 12/],
    ['of more bytes than it says', (one) => ({ ...one, size: 10 }), /more bytes than the directory says/],
    [
      'whose compressed data are damaged',
      (one) => ({ ...one, method: 8, content: Buffer.from('not deflated at all') }),
      /damaged or cut off/,
    ],
  ])('with a member %s is told, and the others are read', async (_, change, message) => {
    expect(await failure(change)).toMatch(message);
    const changed = members.map((one) => (one.name === 'samples/a_epoch_1.json' ? change(one) : one));
    expect(texts(await find(archiveFileOf('a.eval', changed), 'b'))).toEqual(['question b', 'yes']);
  });

  it('that ends in its middle is told', async () => {
    const bytes = zipOf(members);
    const cut = archiveFile('a.eval', bytes.subarray(0, bytes.length - 40));
    await expect(find(cut, 'a')).rejects.toThrow(DataError);
  });
});

describe('A run on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inspect-transcripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return name;
  };
  const cells = new Map([
    ['run', RUN],
    ['case_id', 'a'],
    ['trial', '1'],
    ['turns', '2'],
    ['tool_calls', '1'],
  ]);

  it('is read again for one row, and refuses to read what was changed or is gone', async () => {
    const archive = zipOf(archiveOf(log([sample('a', { messages: agent('Bonn') })])));
    const name = write('a.eval', archive);
    const opened = await openRun({ files: [name], run: null, mapping: {}, cwd: folder });
    const reader = opened.imported!.transcripts!;
    expect(reader.expects(cells)).toBe('steps');
    expect(reader.expects(new Map([...cells, ['turns', '1'], ['tool_calls', '0']]))).toBe('answer');
    expect(reader.expects(new Map())).toBe('nothing');
    expect(texts(await reader.read(cells))).toHaveLength(4);
    utimesSync(join(folder, name), new Date(), new Date(Date.now() + 10_000));
    await expect(reader.read(cells)).rejects.toThrow('the file was changed after the run was opened');
    write('a.eval', 'x');
    await expect(reader.read(cells)).rejects.toThrow('the file was changed');
    rmSync(join(folder, name));
    await expect(reader.read(cells)).rejects.toThrow('the file is gone since the run was opened');
  });
});

const real = sharedPath('importers', 'inspect');

describe.skipIf(real === null)('Real logs', () => {
  it('have the messages of their samples, told from the tool errors of an old one', async () => {
    const of = async (name: string) => {
      const opened = await openRun({ files: [name], run: null, mapping: {}, cwd: real! });
      const run = opened.imported!.run!;
      return (caseId: string, trial: string) =>
        opened.imported!.transcripts!.read(
          new Map([
            ['run', run],
            ['case_id', caseId],
            ['trial', trial],
          ]),
        );
    };
    const tools = await (await of('log_tool_call_error.json'))('1', '4');
    expect(tools?.steps).toHaveLength(11);
    expect(tools?.steps.every(({ failed, tool }) => failed && tool === 'bash')).toBe(true);
    expect(tools?.steps.at(-1)?.text).toContain(
      'output_limit: The tool output limit of 10 MiB was exceeded.',
    );
    const chat = await (await of('popularity_3samples.json'))('3', '1');
    expect(chat?.steps.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    expect(chat?.from).toBe('popularity_3samples.json, samples.2');
  });

  it.each(['deflate', 'zstd'] as const)('of a streamed archive (%s) keep epochs apart', async (method) => {
    const members = folderMembers(join(real!, 'log_streaming.eval.members'), method);
    const file = archiveFileOf('log.eval', members);
    const { namedLogs } = await import('./named-logs.ts');
    const { run } = (await namedLogs([file], createProblemLog()))[0]!;
    for (const [caseId, trial] of ['1', '2'].flatMap((id) =>
      ['1', '2'].map((epoch) => [id, epoch] as const),
    )) {
      const found = await findTranscript([file], { run, caseId, trial }, createProblemLog());
      expect(found?.from).toBe(`log.eval/samples/${caseId}_epoch_${trial}.json`);
      expect(found?.steps.length).toBeGreaterThan(1);
    }
  });
});
