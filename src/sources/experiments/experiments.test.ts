import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storeLines, wandbLog, writeStore } from '../../../test/generators/experiments.ts';
import { connectMlflow } from '../../cli/mlflow-connection.ts';
import { type ExperimentsRequest, openExperiments } from './index.ts';
import { readTransactionLog } from './wandb-log.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'slicewise-experiments-'));
const read = (cwd: string, request: Partial<ExperimentsRequest>) =>
  openExperiments({
    files: [],
    cwd,
    server: null,
    experiments: [],
    metrics: [],
    curves: true,
    ...request,
  });

describe('a folder of MLflow', () => {
  it('gives parameters, tags, curves by step, and the value at the last step', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'sentiment', [
      {
        id: 'r1',
        params: { lr: '0.1' },
        tags: { dataset_hash: 'abc' },
        metrics: { 'eval/acc': ['3 0.7 2', '1 0.5 0', '2 0.6 1', '4 0.65 1'], once: ['1 5 0'] },
      },
    ]);
    const { runs, damage } = await read(cwd, { files: ['mlruns'] });
    const [run] = runs;
    expect(run).toMatchObject({ id: 'r1', name: 'name of r1', experiment: 'sentiment', status: 'finished' });
    expect([...run!.params]).toEqual([['lr', '0.1']]);
    expect([...run!.metrics]).toEqual([
      ['eval/acc', 0.7],
      ['once', 5],
    ]);
    const curve = run!.curves.get('eval/acc')!;
    expect([[...curve.steps], [...curve.values]]).toEqual([
      [0, 1, 2],
      [0.5, 0.65, 0.7],
    ]);
    expect(curve).toMatchObject({ logged: 4, repeated: 1, outOfOrder: 3 });
    expect(run!.curves.has('once')).toBe(false);
    expect(damage).toEqual([]);
  });

  it('keeps what is no finite number, and lists lines that are no points with their place', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'x', [
      { id: 'r1', metrics: { loss: ['1 1.5 0', '2 nan 1', '3 inf 2', 'broken', '4 1e999 3', '5 2 x'] } },
    ]);
    const { runs, damage } = await read(cwd, { files: ['mlruns'] });
    expect([...runs[0]!.curves.get('loss')!.values]).toEqual([1.5, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(damage.map(({ place }) => place)).toEqual([
      'mlruns/1/r1/metrics/loss:4',
      'mlruns/1/r1/metrics/loss:5',
      'mlruns/1/r1/metrics/loss:6',
    ]);
  });

  it('reads a run without meta.yaml and says what is unknown; counts deleted runs', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'x', [
      { id: 'r1', params: { lr: '1' }, metrics: { loss: ['1 1 0'] }, withoutMeta: true },
      { id: 'r2', metrics: { loss: ['1 1 0'] }, deleted: true },
    ]);
    const { runs, damage, notes } = await read(cwd, { files: ['mlruns'] });
    expect(runs.map(({ id, status }) => [id, status])).toEqual([['r1', 'unknown']]);
    expect(damage[0]).toMatchObject({ place: 'mlruns/1/r1/meta.yaml' });
    expect(notes.join()).toContain('1 runs are deleted');
  });

  it('says what of a damaged run is not read: broken YAML, a file for a folder, a folder for a file', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'x', [
      { id: 'r1', metrics: { loss: ['1 1 0'] } },
      { id: 'r2', metrics: { loss: ['1 1 0'] } },
      { id: 'r3', metrics: { loss: ['1 1 0'] } },
    ]);
    const run = (id: string) => join(cwd, 'mlruns', '1', id);
    writeFileSync(join(run('r1'), 'meta.yaml'), 'run_id: [r1\n: c');
    rmSync(join(run('r2'), 'params'), { recursive: true, force: true });
    writeFileSync(join(run('r2'), 'params'), 'lr 0.1');
    rmSync(join(run('r3'), 'meta.yaml'));
    mkdirSync(join(run('r3'), 'meta.yaml'));
    const { runs, damage } = await read(cwd, { files: ['mlruns'] });
    expect(runs.map(({ id }) => id).toSorted()).toEqual(['r1', 'r2', 'r3']);
    expect(damage.map(({ place }) => place)).toEqual([
      'mlruns/1/r1/meta.yaml',
      'mlruns/1/r2/params',
      'mlruns/1/r3/meta.yaml',
    ]);
    expect(damage[0]!.reason).not.toContain('\n');
    expect(damage[1]!.reason).toBe('is no folder: nothing is read of it');
    expect(damage[2]!.reason).toContain('is a folder');
  });

  it('takes a store, an experiment and a run alike', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'x', [{ id: 'r1', metrics: { loss: ['1 1 0'] } }]);
    for (const path of ['mlruns', 'mlruns/1', 'mlruns/1/r1']) {
      const { runs } = await read(cwd, { files: [path] });
      expect(runs[0]).toMatchObject({ id: 'r1', experiment: 'x' });
    }
  });

  it('refuses a database with the way to read it, and folders that hold nothing', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mlflow.db'), 'SQLite format 3\0rest');
    mkdirSync(join(cwd, 'empty'));
    const failure = await read(cwd, { files: ['mlflow.db', 'empty', 'absent'] }).catch(String);
    expect(failure).toContain('mlflow server --host 127.0.0.1');
    expect(failure).toContain('holds no runs of MLflow');
    expect(failure).toContain('does not exist (absent)');
  });
});

describe('a folder of W&B', () => {
  it('gives configuration, curves and state from the transaction log', async () => {
    const cwd = folder();
    const run = join(cwd, 'wandb', 'offline-run-20260101_000000-abc123');
    mkdirSync(run, { recursive: true });
    writeFileSync(join(run, 'run-abc123.wandb'), wandbLog({ lr: 0.1, deep: { a: 1 } }, [3, 2, Number.NaN]));
    const { runs } = await read(cwd, { files: ['wandb'] });
    expect(runs[0]).toMatchObject({ id: 'abc123', name: 'a run', experiment: 'project', status: 'finished' });
    expect([...runs[0]!.params]).toEqual([
      ['deep.a', '1'],
      ['lr', '0.1'],
    ]);
    expect([...runs[0]!.curves.get('loss')!.values]).toEqual([3, 2, Number.NaN]);
  });

  it('reads what stands before a break, wherever it is, and says so', () => {
    const whole = wandbLog({ text: 'x'.repeat(70_000) }, [3, 2, 1]);
    const all = readTransactionLog(whole);
    expect(all).toMatchObject({ damage: null });
    expect(all.records).toHaveLength(6);
    expect(all.records[1]!.length).toBeGreaterThan(70_000);
    fc.assert(
      fc.property(fc.integer({ min: 7, max: whole.length - 1 }), (length) => {
        const cut = readTransactionLog(whole.subarray(0, length));
        expect(cut.records.length).toBeLessThan(6);
        expect(cut.records).toEqual(all.records.slice(0, cut.records.length));
      }),
      { numRuns: 50 },
    );
  });

  it('without a log is read from its configuration and its summary', async () => {
    const cwd = folder();
    const files = join(cwd, 'run-20260101_000000-abc', 'files');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, 'config.yaml'), 'lr:\n  value: 0.1\n_wandb:\n  value: {}\n');
    writeFileSync(join(files, 'wandb-summary.json'), '{"acc": 0.5, "_step": 9, "loss": NaN}');
    writeFileSync(join(files, 'wandb-metadata.json'), '{"git": {"commit": "abc"}}');
    const { runs } = await read(cwd, { files: ['run-20260101_000000-abc'] });
    expect([...runs[0]!.params]).toEqual([['lr', '0.1']]);
    expect(runs[0]!.metrics.get('acc')).toBe(0.5);
    expect(runs[0]!.tags.get('git.commit')).toBe('abc');
  });

  it('says that a configuration is broken YAML', async () => {
    const cwd = folder();
    const files = join(cwd, 'run-20260101_000000-abc', 'files');
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, 'config.yaml'), 'lr:\n  value: [0.1\n: c');
    writeFileSync(join(files, 'wandb-summary.json'), '{"acc": 0.5}');
    const { damage } = await read(cwd, { files: ['run-20260101_000000-abc'] });
    expect(damage.map(({ place }) => place)).toEqual(['run-20260101_000000-abc/files/config.yaml']);
  });

  it('stops at a changed byte', () => {
    const bytes = wandbLog({}, [3, 2, 1]);
    bytes[bytes.length - 3]! ^= 1;
    expect(readTransactionLog(bytes).damage).toContain('checksum');
  });
});

describe('tables and trainers', () => {
  it('reads one row per run; prefixes tell parameters from metrics, names the rest', async () => {
    const cwd = folder();
    writeFileSync(
      join(cwd, 'runs.csv'),
      'run_id,status,params.lr,metrics.acc,tags.note,val_loss,depth\na,FINISHED,0.1,0.9,hi,0.3,4\nb,FAILED,0.2,,,nan,5\n',
    );
    const { runs, notes } = await read(cwd, { files: ['runs.csv'] });
    expect(runs.map(({ id, status }) => [id, status])).toEqual([
      ['a', 'finished'],
      ['b', 'failed'],
    ]);
    expect([...runs[0]!.params]).toEqual([
      ['depth', '4'],
      ['lr', '0.1'],
    ]);
    expect([...runs[1]!.metrics]).toEqual([['val_loss', Number.NaN]]);
    expect(notes.join()).toContain('"val_loss" taken as metrics, "depth" as parameters');
  });

  it('reads a row per step, wide and long alike', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'wide.csv'), 'run,step,lr,loss\na,0,0.1,3\na,1,0.1,2\n');
    writeFileSync(
      join(cwd, 'long.jsonl'),
      [0, 1].map((step) => JSON.stringify({ run: 'b', step, metric: 'loss', value: 3 - step })).join('\n'),
    );
    for (const file of ['wide.csv', 'long.jsonl']) {
      const { runs } = await read(cwd, { files: [file] });
      expect([...runs[0]!.curves.get('loss')!.values]).toEqual([3, 2]);
    }
  });

  it('refuses a run that occurs twice without steps, with both places', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'runs.csv'), 'run_id,metrics.acc\na,1\na,0\n');
    await expect(read(cwd, { files: ['runs.csv'] })).rejects.toThrow(
      /run "a" occurs for the second time \(runs.csv:3\)/,
    );
  });

  it('reads the log of a trainer, bare NaN included', async () => {
    const cwd = folder();
    const state =
      '{"num_train_epochs": 3, "log_history": [{"step": 1, "loss": 2.5}, {"step": 2, "loss": NaN}]}';
    writeFileSync(join(cwd, 'trainer_state.json'), state);
    const { runs } = await read(cwd, { files: ['trainer_state.json'] });
    expect([...runs[0]!.curves.get('loss')!.values]).toEqual([2.5, Number.NaN]);
    expect(runs[0]!.params.get('num_train_epochs')).toBe('3');
  });

  it('reads a curve of a million steps', async () => {
    const cwd = folder();
    writeStore(join(cwd, 'mlruns'), 'x', [
      { id: 'r1', metrics: { loss: storeLines(Array.from({ length: 1_000_000 }, (_, i) => 1 / (i + 1))) } },
    ]);
    const { runs } = await read(cwd, { files: ['mlruns'] });
    expect(runs[0]!.curves.get('loss')!.steps).toHaveLength(1_000_000);
  }, 60_000);
});

describe('a server of MLflow', () => {
  const serve = async (
    answers: Readonly<Record<string, (body: string, url: URL) => readonly [number, unknown]>>,
    use: (address: string, seen: { path: string; headers: Record<string, unknown> }[]) => Promise<void>,
  ) => {
    const seen: { path: string; headers: Record<string, unknown> }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => {
        body += part.toString();
      });
      request.on('end', () => {
        const url = new URL(request.url!, 'http://x');
        seen.push({ path: url.pathname, headers: request.headers });
        const [status, value] = answers[url.pathname.replace('/api/2.0/mlflow/', '')]?.(body, url) ?? [
          404,
          {},
        ];
        response.writeHead(status, {
          'content-type': 'application/json',
          location: 'http://elsewhere.invalid/',
        });
        response.end(typeof value === 'string' ? value : JSON.stringify(value));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    try {
      await use(`http://127.0.0.1:${port}`, seen);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  };
  const run = {
    info: { run_id: 'r1', run_name: 'one', experiment_id: '7', status: 'FINISHED', start_time: 5 },
    data: { params: [{ key: 'lr', value: '0.1' }], metrics: [{ key: 'loss', value: 'NaN', step: 1 }] },
  };
  const good = {
    'experiments/search': () => [200, { experiments: [{ experiment_id: '7', name: 'x' }] }] as const,
    'runs/search': (body: string) =>
      JSON.parse(body).page_token === 'more'
        ? ([200, { runs: [{ ...run, info: { ...run.info, run_id: 'r2' } }] }] as const)
        : ([200, { runs: [run], next_page_token: 'more' }] as const),
    'metrics/get-history': (_: string, url: URL) =>
      url.searchParams.get('page_token') === 'more'
        ? ([200, { metrics: [{ key: 'loss', value: 'NaN', step: 1, timestamp: 2 }] }] as const)
        : ([
            200,
            { metrics: [{ key: 'loss', value: 2, step: 0, timestamp: 1 }], next_page_token: 'more' },
          ] as const),
  };

  it('is read page by page, curves too, with the token of the environment', async () => {
    await serve(good, async (address, seen) => {
      const server = connectMlflow(address, { env: { MLFLOW_TRACKING_TOKEN: 'secret' } });
      const { runs } = await read('.', { server });
      expect(runs.map(({ id }) => id)).toEqual(['r1', 'r2']);
      expect([...runs[0]!.curves.get('loss')!.values]).toEqual([2, Number.NaN]);
      expect(new Set(seen.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer secret']));
    });
  });

  it.each([
    ['words of the server', [403, { message: 'no\u001b[31m entry' }], /403: "no\\u001b\[31m entry"/],
    ['no JSON', [200, '<html>'], /something other than JSON/],
    ['a redirect', [302, ''], /sends .* elsewhere, which is not followed/],
  ] as const)('says %s', async (_, answer, message) => {
    await serve({ 'experiments/search': () => answer }, async (address) => {
      await expect(read('.', { server: connectMlflow(address, { env: {} }) })).rejects.toThrow(message);
    });
  });

  it('keeps the last values where a history cannot be had, and says so', async () => {
    await serve({ ...good, 'metrics/get-history': () => [500, { message: 'boom' }] }, async (address) => {
      const { runs, damage } = await read('.', { server: connectMlflow(address, { env: {} }) });
      expect([...runs[0]!.metrics]).toEqual([['loss', Number.NaN]]);
      expect(damage[0]!.reason).toContain('no history of loss');
    });
  });

  it('gives up after its time, and where nobody listens', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as { port: number };
    const address = `http://127.0.0.1:${port}`;
    const late = connectMlflow(address, { env: {}, timeout: 50 });
    await expect(read('.', { server: late })).rejects.toThrow('did not answer in time');
    silent.closeAllConnections();
    await new Promise((done) => silent.close(done));
    await expect(read('.', { server: connectMlflow(address, { env: {} }) })).rejects.toThrow(
      'cannot be reached (ECONNREFUSED)',
    );
  });

  it.each([
    ['ftp://host', 'neither a folder nor an http'],
    ['http://user:pass@host', 'holds a password'],
  ])('refuses the address %s', (address, message) => {
    expect(() => connectMlflow(address, { env: {} })).toThrow(message);
  });

  it('sends no credentials in the clear to another machine', () => {
    expect(() => connectMlflow('http://example.com', { env: { MLFLOW_TRACKING_TOKEN: 't' } })).toThrow(
      'is not encrypted',
    );
    expect(connectMlflow('https://example.com/', { env: { MLFLOW_TRACKING_TOKEN: 't' } }).address).toBe(
      'https://example.com',
    );
  });
});
