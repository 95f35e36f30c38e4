/** Inspect logs for tests: small ones written here, and archives rebuilt from their members. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportFile } from '../importer.ts';
import { type TestMember, zipOf } from '../zip/test-zip.ts';

/** One sample with defaults. */
export function sample(id: number | string, more: object = {}): Record<string, unknown> {
  return {
    id,
    epoch: 1,
    input: `question ${id}`,
    target: 'yes',
    messages: [
      { role: 'user', content: `question ${id}` },
      { role: 'assistant', content: 'yes' },
    ],
    output: {
      model: 'm-1',
      choices: [{ message: { role: 'assistant', content: 'yes' }, stop_reason: 'stop' }],
    },
    scores: { match: { value: 'C', answer: 'yes', explanation: 'equal' } },
    metadata: { topic: 'a' },
    ...more,
  };
}

/** A log with defaults, as an object whose keys stand in the order of real logs. */
export function log(samples: readonly unknown[], more: object = {}): Record<string, unknown> {
  return {
    version: 2,
    status: 'success',
    eval: {
      eval_id: 'E1',
      task: 'quiz',
      model: 'maker/model',
      created: '2026-01-01T00:00:00+00:00',
      dataset: { name: 'quiz', samples: 10 },
      config: {},
      scorers: [{ name: 'match', options: {}, metrics: [{ name: 'inspect_ai/accuracy', options: {} }] }],
    },
    plan: { steps: [{ solver: 'generate', params: {} }] },
    results: { total_samples: samples.length, completed_samples: samples.length, scores: [] },
    ...more,
    samples,
  };
}

/** An archive as a file. */
export function archiveFile(label: string, bytes: Buffer): ImportFile {
  return {
    source: {
      label,
      path: null,
      size: bytes.length,
      async *open() {
        yield bytes;
      },
    },
    compression: 'none',
    kind: 'zip',
    head: '',
    isWhole: false,
  };
}

/** The members below a folder, in path order. */
export function folderMembers(folder: string, method: TestMember['method']): TestMember[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .toSorted()
    .map((name) => ({
      name: name.replaceAll('\\', '/'),
      content: readFileSync(join(folder, name)),
      ...(method === undefined ? {} : { method }),
    }));
}

/** The archive of a log: header, one member per sample, summaries. */
export function archiveOf(
  { samples = [], ...header }: Record<string, unknown>,
  method: TestMember['method'] = 'zstd',
): TestMember[] {
  const all = samples as readonly Record<string, unknown>[];
  const member = (name: string, value: unknown): TestMember => ({
    name,
    content: JSON.stringify(value),
    ...(method === undefined ? {} : { method }),
  });
  return [
    member('_journal/start.json', { version: header.version, eval: header.eval, plan: header.plan }),
    ...all.map((one) => member(`samples/${one.id}_epoch_${one.epoch}.json`, one)),
    member(
      'summaries.json',
      all.map(({ id, epoch }) => ({ id, epoch })),
    ),
    member('header.json', header),
  ];
}

/** A file of archive members. */
export function archiveFileOf(label: string, members: readonly TestMember[]): ImportFile {
  return archiveFile(label, zipOf(members));
}
