/** Recorded training runs as files of tools: searches with a planted effect, curves of every kind, stores that are damaged. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { createRandom } from '../../src/stats/index.ts';

/** Rows of a search: `learning_rate` moves the true accuracy, `dropout` does not; every score is a rate over `cases`. */
export function searchRows(options: {
  readonly runs: number;
  readonly cases: number;
  readonly seed: number;
  /** Spread of the true accuracy by the learning rate; 0 makes all runs equal. */
  readonly effect: number;
}): readonly Readonly<Record<string, string | number>>[] {
  const random = createRandom(options.seed);
  return Array.from({ length: options.runs }, (_, i) => {
    const rate = 10 ** (-4 + 3 * random.nextFloat());
    const truth = 0.8 + options.effect * (Math.log10(rate) + 2.5);
    let right = 0;
    for (let c = 0; c < options.cases; c += 1) right += random.nextFloat() < truth ? 1 : 0;
    return {
      run_id: `run-${String(i).padStart(3, '0')}`,
      status: 'finished',
      'params.learning_rate': rate,
      'params.dropout': Math.round(random.nextFloat() * 5) / 10,
      'params.dataset_hash': 'd1',
      'metrics.accuracy': right / options.cases,
      'metrics.eval_cases': options.cases,
      true_accuracy: truth,
    };
  });
}

/** Losses over steps with noise, by kind. */
export const CURVES = {
  converged: (share: number) => 0.5 + Math.exp(-8 * share),
  falling: (share: number) => 3 - 2 * share,
  diverging: (share: number) => (share < 0.5 ? 2 - 2 * share : 1 + 8 * (share - 0.5)),
  rising: (share: number) => (share < 0.4 ? 2 - 3 * share : 0.8 + 1.2 * (share - 0.4)),
} as const;

/** One curve of so many points. */
export function curvePoints(
  kind: keyof typeof CURVES,
  points: number,
  noise: number,
  seed: number,
): readonly number[] {
  const random = createRandom(seed);
  return Array.from(
    { length: points },
    (_, i) => CURVES[kind](i / Math.max(1, points - 1)) + noise * random.nextNormal(),
  );
}

/** What a run of MLflow's file store holds. */
export interface StoreRun {
  readonly id: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Lines are written as they are. */
  readonly metrics?: Readonly<Record<string, readonly string[]>>;
  readonly status?: number;
  readonly deleted?: boolean;
  readonly withoutMeta?: boolean;
}

/** Writes a store of one experiment, in the layout that MLflow 3 writes. */
export function writeStore(folder: string, experiment: string, runs: readonly StoreRun[]): void {
  const put = (path: string, text: string) => {
    const file = join(folder, '1', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  put('meta.yaml', `experiment_id: '1'\nlifecycle_stage: active\nname: ${JSON.stringify(experiment)}\n`);
  runs.forEach((run, at) => {
    if (run.withoutMeta !== true)
      put(
        `${run.id}/meta.yaml`,
        `artifact_uri: file:///elsewhere/1/${run.id}/artifacts\nend_time: ${1_700_000_060_000 + at}\nlifecycle_stage: ${run.deleted === true ? 'deleted' : 'active'}\nrun_id: ${JSON.stringify(run.id)}\nrun_name: ${JSON.stringify(`name of ${run.id}`)}\nstart_time: ${1_700_000_000_000 + at}\nstatus: ${run.status ?? 3}\n`,
      );
    for (const [name, value] of Object.entries(run.params ?? {})) put(`${run.id}/params/${name}`, value);
    for (const [name, value] of Object.entries({ 'mlflow.user': 'someone', ...run.tags }))
      put(`${run.id}/tags/${name}`, value);
    for (const [name, lines] of Object.entries(run.metrics ?? {}))
      put(`${run.id}/metrics/${name}`, `${lines.join('\n')}\n`);
  });
}

/** Values as lines of a metric's file. */
export function storeLines(values: readonly number[]): readonly string[] {
  const spell = (value: number) =>
    Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf';
  return values.map((value, step) => `${1_700_000_000_000 + step} ${spell(value)} ${step}`);
}

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const bytesField = (number: number, bytes: ArrayLike<number>): number[] => [
  ...varint(number * 8 + 2),
  ...varint(bytes.length),
  ...Array.from(bytes),
];
const text = (number: number, value: string) => bytesField(number, Buffer.from(value));

/** A W&B transaction log with a configuration, a curve named `loss`, and an end. */
export function wandbLog(config: Readonly<Record<string, unknown>>, losses: readonly number[]): Buffer {
  const item = (key: string, json: string) => bytesField(1, [...text(1, key), ...text(16, json)]);
  const records = [
    bytesField(17, [...text(1, 'abc123'), ...text(3, 'project'), ...text(8, 'a run')]),
    bytesField(
      5,
      Object.entries(config).flatMap(([key, value]) => item(key, JSON.stringify(value))),
    ),
    ...losses.map((loss, step) =>
      bytesField(2, [
        ...item('loss', Number.isNaN(loss) ? 'NaN' : String(loss)),
        ...bytesField(2, [8, ...varint(step)]),
      ]),
    ),
    bytesField(18, [8, 0]),
  ];
  const parts: number[] = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];
  for (const record of records) {
    let from = 0;
    while (from < record.length) {
      const left = 32_768 - (parts.length % 32_768);
      if (left < 7) {
        parts.push(...new Array<number>(left).fill(0));
        continue;
      }
      const part = record.slice(from, from + left - 7);
      const isFirst = from === 0;
      from += part.length;
      const kind = isFirst && from === record.length ? 1 : isFirst ? 2 : from === record.length ? 4 : 3;
      const checked = Buffer.from([kind, ...part]);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(crc32(checked), 0);
      head.writeUInt16LE(part.length, 4);
      parts.push(...head, ...checked);
    }
  }
  return Buffer.from(parts);
}
