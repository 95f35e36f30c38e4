/** `slicewise experiments` by the built command: searches, curves, damaged stores, remedies, and reports logged back. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { curvePoints, searchRows, storeLines, wandbLog, writeStore } from '../generators/experiments.ts';
import { articleTable } from '../generators/index.ts';
import { slicewise, workFolder } from './cli.ts';

type Row = Readonly<Record<string, string | number>>;
const lines = (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

interface Shown {
  readonly runs: readonly {
    readonly id: string;
    readonly name: string;
    readonly score: number;
    readonly group: string;
    readonly flags: readonly string[];
  }[];
  readonly groups: readonly { readonly name: string; readonly runs: number }[];
  readonly trends: readonly {
    readonly parameter: string;
    readonly rho: { readonly lower: number; readonly upper: number };
    readonly adjusted: number;
  }[];
  readonly best: {
    readonly reports: readonly {
      readonly over: string;
      readonly best: string;
      readonly observed: number;
      readonly optimism: number;
      readonly expected: { readonly estimate: number; readonly lower: number; readonly upper: number };
    }[];
  };
  readonly fields: readonly { readonly field: string; readonly logged: number; readonly runs: number }[];
  readonly findings: readonly {
    readonly what: string;
    readonly verdict: string | null;
    readonly reason: string;
  }[];
  readonly damage: readonly { readonly place: string; readonly reason: string }[];
}

async function show(cwd: string, args: readonly string[]): Promise<{ code: number | null; shown: Shown }> {
  const { code, stdout, stderr } = await slicewise(['experiments', ...args, '--quiet', '--format', 'json'], {
    cwd,
  });
  expect(stderr).toBe('');
  return { code, shown: JSON.parse(stdout) as Shown };
}

describe('a search', () => {
  const rows = searchRows({ runs: 40, cases: 500, seed: 4, effect: 0.02 });
  const plain = rows.map(({ true_accuracy: _, ...row }) => row);

  test('shows the planted effect, the luck of the best, and what was not logged', async () => {
    const cwd = workFolder({ 'runs.jsonl': lines(plain) });
    const { code, shown } = await show(cwd, ['runs.jsonl']);
    expect(code).toBe(0);
    const [first, second] = shown.trends;
    expect(first).toMatchObject({ parameter: 'learning_rate' });
    expect(first!.rho.lower).toBeGreaterThan(0.3);
    expect(first!.adjusted).toBeLessThan(0.001);
    expect(second!.adjusted).toBeGreaterThan(0.05);
    const [luck] = shown.best.reports;
    const truth = rows.find(({ run_id }) => run_id === luck!.best)!.true_accuracy as number;
    expect(luck!.optimism).toBeGreaterThan(0);
    expect(luck!.expected.estimate).toBeLessThan(luck!.observed);
    expect(luck!.expected.lower).toBeLessThan(truth);
    expect(luck!.expected.upper).toBeGreaterThan(truth);
    const logged = new Map(shown.fields.map(({ field, logged: n }) => [field, n]));
    expect([logged.get('dataset'), logged.get('judge'), logged.get('seed')]).toEqual([40, 0, 0]);
  });

  test('B-11: runs of another data set are NOT COMPARABLE, until one group is chosen', async () => {
    const mixed = plain.map((row, i) => (i % 4 === 0 ? { ...row, 'params.dataset_hash': 'd2' } : row));
    const cwd = workFolder({ 'runs.jsonl': lines(mixed) });
    const { code, shown } = await show(cwd, ['runs.jsonl']);
    expect(code).toBe(4);
    expect(shown.groups.map(({ name, runs }) => [name, runs])).toEqual([
      ['A', 30],
      ['B', 10],
    ]);
    expect(shown.findings[0]).toMatchObject({ what: 'comparable runs', verdict: 'INVALID' });
    expect(shown.findings[0]!.reason).toMatch(/^NOT COMPARABLE: 2 groups of runs differ in dataset:/);
    const chosen = await show(cwd, ['runs.jsonl', '--filter', "dataset_hash = 'd1'"]);
    expect([chosen.code, chosen.shown.groups.length]).toEqual([0, 1]);
  });

  test('B-11, quiet: other orders of rows and columns are the same report', async () => {
    const turned = plain.toReversed().map((row) => Object.fromEntries(Object.entries(row).toReversed()));
    const cwd = workFolder({ 'a/runs.jsonl': lines(plain), 'b/runs.jsonl': lines(turned as Row[]) });
    const both = [];
    for (const folder of ['a', 'b']) {
      const { shown } = await show(join(cwd, folder), ['list', 'runs.jsonl']);
      both.push({ ...shown, runs: shown.runs.map(({ id, score, group }) => [id, score, group]) });
    }
    expect({ ...both[1], runs: null, best: null }).toEqual({ ...both[0], runs: null, best: null });
    expect(both[1]!.runs).toEqual(both[0]!.runs);
  });

  test('in which all runs are equal: the best is pulled to the others', async () => {
    const equal = searchRows({ runs: 40, cases: 200, seed: 9, effect: 0 });
    const cwd = workFolder({ 'runs.jsonl': lines(equal.map(({ true_accuracy: _, ...row }) => row)) });
    const { shown } = await show(cwd, ['runs.jsonl']);
    const [luck] = shown.best.reports;
    expect(luck!.expected.lower).toBeLessThan(0.8);
    expect(luck!.optimism).toBeGreaterThan(0.02);
  });
});

describe('stores', () => {
  const curves = () => {
    const points = (kind: Parameters<typeof curvePoints>[0], seed: number) =>
      storeLines(curvePoints(kind, 200, 0.02, seed));
    const cwd = workFolder({});
    writeStore(join(cwd, 'mlruns'), 'x', [
      {
        id: 'good',
        metrics: {
          train_loss: points('converged', 1),
          val_loss: points('converged', 2),
          val_acc: ['1 0.8 0'],
        },
      },
      {
        id: 'overfit',
        metrics: { train_loss: points('falling', 1), val_loss: points('rising', 2), val_acc: ['1 0.9 0'] },
      },
      { id: 'diverged', metrics: { train_loss: points('diverging', 1), val_acc: ['1 0.5 0'] } },
      { id: 'slow', metrics: { train_loss: points('falling', 3), val_acc: ['1 0.4 0'] } },
      { id: 'broken', metrics: { train_loss: ['1 2 0', '2 nan 1'], val_acc: ['1 0.3 0'] } },
    ]);
    return cwd;
  };

  test('every planted curve is named, and the best run that overfits is for a person', async () => {
    const { code, shown } = await show(curves(), ['mlruns']);
    expect(code).toBe(3);
    expect(Object.fromEntries(shown.runs.map(({ id, flags }) => [id, flags]))).toEqual({
      good: ['plateau'],
      overfit: ['still falling', 'overfitting'],
      diverged: ['diverged'],
      slow: ['still falling'],
      broken: ['not a number'],
    });
    expect(shown.findings[0]).toMatchObject({ what: 'overfitting', verdict: 'REVIEW' });
  });

  test('curves has a line for each, in the terminal, in Markdown and for spreadsheets', async () => {
    const cwd = curves();
    for (const [format, row] of [
      ['csv', /^[a-z]+,(?:train|val)_loss,/],
      ['markdown', /^\| `name of [a-z]+` \| (?:train|val)_loss \|/],
      ['terminal', /^name.* {2}(?:train|val)_loss {2}/],
    ] as const) {
      const { code, stdout } = await slicewise(['experiments', 'curves', 'mlruns', '--format', format], {
        cwd,
      });
      expect(code).toBe(0);
      expect(stdout.split(/\r?\n/).filter((line) => row.test(line))).toHaveLength(7);
    }
  });

  test('a damaged store is read as far as it can be, and says what it lacks', async () => {
    const cwd = workFolder({});
    writeStore(join(cwd, 'mlruns'), 'x', [
      { id: 'a', metrics: { acc: ['1 0.5 0', 'rubbish'] } },
      { id: 'b', params: { lr: '1' }, metrics: { acc: ['1 0.6 0'] }, withoutMeta: true },
    ]);
    writeFileSync(join(cwd, 'mlruns/1/meta.yaml'), '- [broken');
    const log = wandbLog({ lr: 0.1 }, [3, 2, 1]);
    mkdirSync(join(cwd, 'wandb/offline-run-20260101_000000-w1'), { recursive: true });
    writeFileSync(
      join(cwd, 'wandb/offline-run-20260101_000000-w1/run-w1.wandb'),
      log.subarray(0, log.length - 5),
    );
    const { code, shown } = await show(cwd, ['mlruns', 'wandb', '--sort', 'acc']);
    expect(code).toBe(3);
    expect(shown.runs.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'w1']);
    expect(shown.damage.map(({ place }) => place).toSorted()).toEqual([
      'mlruns/1/a/metrics/acc:2',
      'mlruns/1/b/meta.yaml',
      'mlruns/1/meta.yaml',
      'wandb/offline-run-20260101_000000-w1/run-w1.wandb',
    ]);
  });

  test('hostile names stay text in every format', async () => {
    const evil = '\u001b[31m<script>|`=1+1';
    const row = (id: string, score: number) => ({
      run_id: id,
      [`params.${evil}`]: `${evil}${score}`,
      'params.=cmd': score,
      'metrics.acc': score,
    });
    const cwd = workFolder({ 'runs.jsonl': lines([row(evil, 0.5), row(`${evil}\n2`, 0.6), row('=3', 0.7)]) });
    const control = String.fromCharCode(27);
    for (const format of ['terminal', 'markdown', 'json', 'csv']) {
      const { code, stdout } = await slicewise(['experiments', 'runs.jsonl', '--all', '--format', format], {
        cwd,
      });
      expect(code).toBe(0);
      expect(stdout).not.toContain(control);
      if (format === 'markdown') expect(stdout.replace(/`+[^`]*`+/g, '')).not.toMatch(/<script|\|`=/);
      if (format === 'csv') expect(stdout).not.toMatch(/(^|,)=/m);
    }
  });

  test('what cannot be read at all is said at once, with what to do', async () => {
    const cwd = workFolder({ 'mlflow.db': 'SQLite format 3\0', 'folder/x.txt': 'x' });
    const { code, stderr } = await slicewise(['experiments', 'mlflow.db', 'folder', 'absent'], { cwd });
    expect(code).toBe(2);
    for (const part of ['mlflow server', 'holds no runs of MLflow', 'does not exist (absent)'])
      expect(stderr).toContain(part);
  });
});

describe('log', () => {
  const gated = async (cwd: string) => {
    const { baseline, candidate } = articleTable();
    writeFileSync(join(cwd, 'old.jsonl'), lines(baseline as unknown as Row[]));
    writeFileSync(join(cwd, 'new.jsonl'), lines(candidate as unknown as Row[]));
    await slicewise(['gate', '--no-config', 'old.jsonl', 'new.jsonl', '--out', 'report.json'], { cwd });
  };

  test('writes figures, verdict and report into a folder, and nothing into a run that is not there', async () => {
    const cwd = workFolder({});
    writeStore(join(cwd, 'mlruns'), 'x', [{ id: 'r1', metrics: { acc: ['1 0.5 0'] } }]);
    await gated(cwd);
    const into = (id: string) =>
      slicewise(['experiments', 'log', 'report.json', '--mlflow', 'mlruns', '--run-id', id], { cwd });
    expect(await into('r2')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no run "r2"'),
    });
    expect(await into('../r1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no id of a run'),
    });
    expect(await into('r1')).toMatchObject({ code: 0, stdout: expect.stringContaining('BLOCK into run r1') });
    const at = (name: string) => readFileSync(join(cwd, 'mlruns/1/r1', name), 'utf8');
    expect(at('tags/slicewise.verdict')).toBe('BLOCK');
    expect(at('artifacts/slicewise/report.json')).toBe(readFileSync(join(cwd, 'report.json'), 'utf8'));
    const [time, delta, step] = at('metrics/slicewise/slice/passRate/segment/refund_flow/delta')
      .trim()
      .split(' ');
    expect([Number(delta), step]).toEqual([-7 / 47, '0']);
    expect(Number(time)).toBeGreaterThan(1.6e12);
    expect(readdirSync(join(cwd, 'mlruns/1')).toSorted()).toEqual(['meta.yaml', 'r1']);
    const { shown } = await show(cwd, ['mlruns', '--sort', 'slicewise/gated_slices']);
    expect(shown.runs[0]!.score).toBeGreaterThan(0);
  });

  test('sends them to the server that is named, files first and the verdict last', async () => {
    const cwd = workFolder({});
    await gated(cwd);
    const seen: { method: string; path: string; body: string }[] = [];
    await withServer(seen, async (address) => {
      const { code, stdout } = await slicewise(
        ['experiments', 'log', 'report.json', '--mlflow', address, '--run-id', 'r1'],
        { cwd },
      );
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('BLOCK into run r1'),
      });
    });
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/2.0/mlflow/runs/get?run_id=r1',
      'PUT /api/2.0/mlflow-artifacts/artifacts/1/r1/artifacts/slicewise/report.json',
      'PUT /api/2.0/mlflow-artifacts/artifacts/1/r1/artifacts/slicewise/report.md',
      'POST /api/2.0/mlflow/runs/log-batch',
    ]);
    const batch = JSON.parse(seen.at(-1)!.body) as { tags: { key: string; value: string }[] };
    expect(batch.tags.at(-1)).toEqual({ key: 'slicewise.verdict', value: 'BLOCK' });
  });

  test('no address is taken from the environment', async () => {
    const cwd = workFolder({ 'runs.csv': 'run_id,metrics.acc\na,0.5\n' });
    const seen: { method: string; path: string; body: string }[] = [];
    await withServer(seen, async (address) => {
      const env = { MLFLOW_TRACKING_URI: address, MLFLOW_TRACKING_TOKEN: 'secret' };
      const { code } = await slicewise(['experiments', 'runs.csv'], { cwd, env });
      expect(code).toBe(0);
    });
    expect(seen).toEqual([]);
  });

  async function withServer(
    seen: { method: string; path: string; body: string }[],
    use: (address: string) => Promise<void>,
  ): Promise<void> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => {
        seen.push({ method: request.method!, path: request.url!, body });
        response.setHeader('content-type', 'application/json');
        response.end(
          request.url!.includes('runs/get')
            ? '{"run":{"info":{"artifact_uri":"mlflow-artifacts:/1/r1/artifacts","lifecycle_stage":"active"}}}'
            : '{}',
        );
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      await use(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }
});

describe('imbalance', () => {
  /** A rare class whose words overlap with a large one's: weights find more of it. */
  const rows = (): readonly Row[] => {
    const words = { common: ['refund', 'money', 'back', 'card'], rare: ['refund', 'money', 'fraud', 'card'] };
    return Array.from({ length: 440 }, (_, i) => {
      const label = i % 11 === 0 ? 'rare' : 'common';
      const own = words[label];
      const text = [
        own[i % 4],
        own[(i * 7 + 1) % 4],
        own[(i * 3 + 2) % 4],
        `w${(i * 31) % 97}`,
        `v${i % 13}`,
      ];
      return { text: text.join(' '), label };
    });
  };

  test('measures every remedy per class, the same on every run', async () => {
    const cwd = workFolder({ 'train.jsonl': lines(rows()) });
    const args = [
      'experiments',
      'imbalance',
      'train.jsonl',
      '--quiet',
      '--label',
      'label',
      '--text',
      'text',
      '--format',
      'json',
    ];
    const first = await slicewise(args, { cwd });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const report = JSON.parse(first.stdout) as {
      classes: {
        label: string;
        trainingRows: number;
        remedies: { remedy: string; recall: { n: number; estimate: number }; lost: number; gained: number }[];
        curve: { sizes: number[]; atTwice: { estimate: number; lower: number; upper: number } } | null;
      }[];
      remedies: { remedy: string; adjusted: number | null }[];
    };
    const [rare, common] = report.classes;
    expect([rare!.label, rare!.trainingRows, common!.label, common!.trainingRows]).toEqual([
      'rare',
      40,
      'common',
      400,
    ]);
    const by = Object.fromEntries(rare!.remedies.map((one) => [one.remedy, one]));
    expect(by.reweighted!.recall.n).toBe(40);
    const gain = by.reweighted!.gained - by.reweighted!.lost;
    expect(by.reweighted!.recall.estimate - by.none!.recall.estimate).toBeCloseTo(gain / 40, 12);
    expect(gain).toBeGreaterThanOrEqual(0);
    expect(rare!.curve!.sizes).toEqual([4, 8, 16, 32]);
    expect(rare!.curve!.atTwice.lower).toBeLessThanOrEqual(rare!.curve!.atTwice.estimate);
    expect((await slicewise(args, { cwd })).stdout).toBe(first.stdout);
  });

  test('one class is nothing to balance', async () => {
    const cwd = workFolder({ 'train.csv': 'text,label\na b,x\nb c,x\n' });
    expect(
      await slicewise(['experiments', 'imbalance', 'train.csv', '--label', 'label'], { cwd }),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('all 2 rows have one label'),
    });
  });
});
