/** A whole server over a real comparison, asked by clients that set every header themselves. */

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { configFromFlags } from '../../config/index.ts';
import { KEY_HEADER, KEY_MARK } from '../contract/studio-key.ts';
import { SERVICES } from '../services/index.ts';
import type { Access } from './access.ts';
import { type Studio, type StudioOptions, startStudio } from './listen.ts';
import { type ClientAnswer, type ClientRequest, send } from './test-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-serve-'));
const web = join(folder, 'web');
mkdirSync(join(web, 'assets'), { recursive: true });
writeFileSync(join(web, 'index.html'), '<!doctype html><title>front</title>');
writeFileSync(join(web, 'assets', 'index-abc.js'), `export const x = '${'long '.repeat(500)}';`);
writeFileSync(join(folder, 'secret.txt'), 'a secret');

const TOKEN = 'a-token-of-this-test';
const rows = (passed: (i: number) => boolean) =>
  Array.from(
    { length: 60 },
    (_, i) => `${JSON.stringify({ case_id: `c${i}`, segment: 'ab'[i % 2], passed: passed(i) })}\n`,
  ).join('');
const writeRuns = () => {
  writeFileSync(
    join(folder, 'old.jsonl'),
    rows((i) => i % 7 !== 0),
  );
  writeFileSync(
    join(folder, 'new.jsonl'),
    rows((i) => i % 5 !== 0),
  );
};
writeRuns();

const studios: Studio[] = [];
const complaints: string[] = [];
afterAll(async () => {
  await Promise.all(studios.map((studio) => studio.close()));
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

/** A clock that tests can move on. */
let now = Date.parse('2026-01-02T03:04:05Z');

async function serve(
  access: Access = { kind: 'token', token: TOKEN },
  options: Partial<StudioOptions> = {},
  files: readonly [string, string] = ['old.jsonl', 'new.jsonl'],
): Promise<Studio> {
  const flags = { baseline: [files[0]], candidate: [files[1]] };
  const request = {
    ...{ config: configFromFlags(flags), waivers: [], inputs: files.join(' '), rules: '', recordAs: 'main' },
  };
  const ports = { cwd: folder, now: () => new Date(now), progress: () => {} };
  const studio = await startStudio(request, ports, {
    ...{ host: '127.0.0.1', port: 0, access, allowedHosts: [], webFolder: web },
    complain: (text) => complaints.push(text),
    ...options,
  });
  studios.push(studio);
  await studio.settled();
  return studio;
}

const studio = await serve();
const { port } = studio;
const opened = await send({ port, path: `/?token=${TOKEN}` });
/** What a browser keeps of an address that let it in, and its pages send. */
const keptOf = ({ headers }: ClientAnswer) => ({
  cookie: String(headers['set-cookie']).split(';')[0]!,
  [KEY_HEADER]: String(headers.location).split(`#${KEY_MARK}`)[1]!,
});
const known = keptOf(opened);
const { cookie } = known;
const origin = `http://127.0.0.1:${port}`;

/** A request of somebody who may look. */
const ask = (request: Partial<ClientRequest> & { readonly path: string }): Promise<ClientAnswer> => {
  now += 100;
  return send({ port, ...request, headers: { ...known, ...request.headers } });
};
const json = ({ body }: ClientAnswer) =>
  JSON.parse(body) as { readonly problems: readonly { message: string }[] };

describe('the door', () => {
  it('exchanges the token for a cookie that scripts and other sites do not get, and forgets it in the address', async () => {
    const answer = await send({ port, path: `/slices?token=${TOKEN}&sort=delta` });
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/slices\?sort=delta#studio-key=[\w-]{43}$/),
    ]);
    expect(String(answer.headers['set-cookie'])).toMatch(
      new RegExp(`^slicewise-${port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
  });

  it.each([
    '/',
    '/slices',
    '/index.html',
    '/assets/index-abc.js',
    '/api/status',
    '/api/nothing',
    '/?token=wrong',
    '/?token=',
  ])('%s is not shown to who brings no cookie', async (path) => {
    const { status, headers, body } = await send({ port, path });
    expect([status, headers['set-cookie']]).toEqual([401, undefined]);
    expect(body).not.toContain('front');
  });

  it('shows pages for the cookie and answers for its key as well: the cookie goes to every server of the machine', async () => {
    expect((await send({ port, path: '/slices', headers: { cookie } })).status).toBe(200);
    const another = keptOf(await send({ port, path: `/?token=${TOKEN}` }));
    const lacking: readonly Readonly<Record<string, string>>[] = [
      { cookie },
      { [KEY_HEADER]: known[KEY_HEADER] },
      { ...known, [KEY_HEADER]: another[KEY_HEADER] },
      { ...known, [KEY_HEADER]: cookie.split('=')[1]! },
    ];
    for (const headers of lacking) {
      const answer = await send({ port, path: '/api/status', headers });
      expect(answer.status).toBe(401);
    }
    for (const headers of [known, another]) {
      expect((await send({ port, path: '/api/status', headers })).status).toBe(200);
    }
  });

  it('lets nobody be locked out by cookies that other servers of the machine set', async () => {
    const planted = Array.from({ length: 400 }, (_, i) => `slicewise-${port}=${'x'.repeat(100)}${i}`);
    const headers = { ...known, cookie: [...planted, cookie, ...planted].join('; ') };
    expect((await send({ port, path: '/', headers })).status).toBe(200);
    expect((await send({ port, path: '/api/status', headers })).status).toBe(200);
    const without = { ...known, cookie: planted.join('; ') };
    expect((await send({ port, path: '/api/status', headers: without })).status).toBe(401);
  });

  it('a wrong cookie is no cookie, and a token does not open the API', async () => {
    expect((await send({ port, path: '/api/status', headers: { cookie: `${cookie}x` } })).status).toBe(401);
    expect((await send({ port, path: `/api/status?token=${TOKEN}` })).status).toBe(401);
    expect((await send({ port, path: `/?token=${TOKEN}`, method: 'POST', headers: { origin } })).status).toBe(
      401,
    );
  });

  it('never redirects to another server', async () => {
    for (const path of [`/%5C%5Cevil.example?token=${TOKEN}`, `//evil.example?token=${TOKEN}`]) {
      const { status, headers } = await send({ port, path });
      expect([status, headers.location]).toEqual([400, undefined]);
    }
  });

  it('a link on another page gets a page that asks once more from here, since strict cookies stay away', async () => {
    const followed = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const { status, body } = await send({ port, path: '/slices?q="><script>', headers: followed });
    expect(status).toBe(200);
    expect(body).toContain('<meta http-equiv="refresh" content="0;url=/slices?q=');
    expect(body).not.toMatch(/<script|"><s/);
  });
});

describe('every answer', () => {
  it.each(['/', '/api/status', '/api/nothing', '/nothing.png', '/../x'])(
    '%s has the headers',
    async (path) => {
      for (const headers of [{ cookie }, {} as Record<string, string>]) {
        const answer = await send({ port, path, headers });
        expect(answer.headers).toMatchObject({
          'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; /),
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
        });
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );
});

describe('files', () => {
  it('pages have one file, and assets are kept for good', async () => {
    for (const path of ['/', '/slices', '/slices/deep?x=1']) {
      const { status, headers, body } = await ask({ path });
      expect([status, headers['cache-control'], body]).toEqual([
        200,
        'private, no-cache',
        '<!doctype html><title>front</title>',
      ]);
    }
    const asset = await ask({ path: '/assets/index-abc.js' });
    expect(asset.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const again = await ask({
      path: '/assets/index-abc.js',
      headers: { 'if-none-match': String(asset.headers.etag) },
    });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it.each(['/secret.txt', '/web/index.html', '/assets/nothing.js', '/index.html.map'])(
    '%s is not there',
    async (path) => {
      expect((await ask({ path })).status).toBe(404);
    },
  );

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/....//secret.txt',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await ask({ path });
    expect([400, 404]).toContain(status);
    expect(body).not.toContain('a secret');
  });
});

describe('questions', () => {
  it('are answered as JSON, packed where that is wanted, and not sent twice', async () => {
    const plain = await ask({ path: '/api/slices' });
    expect([plain.status, plain.headers['content-type']]).toEqual([200, 'application/json']);
    expect(plain.body.length).toBeGreaterThan(2048);
    const bytes = await fetch(`${origin}/api/slices`, { headers: { ...known, 'accept-encoding': 'br' } });
    expect([bytes.headers.get('content-encoding'), await bytes.text()]).toEqual(['br', plain.body]);
    const same = await ask({ path: '/api/slices', headers: { 'if-none-match': String(plain.headers.etag) } });
    expect([same.status, same.body]).toEqual([304, '']);
  });

  it.each([
    ['/api/nothing', 404],
    ['/api/constructor', 404],
    ['/api/__proto__', 404],
    ['/api/toString', 404],
    ['/api/slice', 400],
    ['/api/slice?q=', 400],
    ['/api/slice?q={', 400],
    ['/api/slice?q=null', 400],
    ['/api/slice?q={"id":7}', 400],
    ['/api/slice?q={"id":"a","more":1}', 400],
    ['/api/slice?q={"id":"a","__proto__":{}}', 400],
    ['/api/slice?q={"id":"nothing"}', 422],
    ['/api/decide?q={}', 405],
    ['/api/', 404],
    ['/api/status/more', 404],
  ])('%s: %s', async (path, status) => {
    const answer = await ask({ path: encodeURI(path) });
    expect(answer.status).toBe(status);
    expect(json(answer).problems.length).toBeGreaterThan(0);
    expect(answer.body).not.toMatch(/\.ts:\d|node_modules|\bat \w+ \(/);
  });

  it('say everything that is wrong at once', async () => {
    const { problems } = json(
      await ask({ path: '/api/overlap-pairs?q=%7B%22side%22%3A%22x%22%2C%22limit%22%3A-1%7D' }),
    );
    expect(problems.length).toBeGreaterThan(4);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/^side: [\s\S]*\nlimit: /);
  });

  it('have a length, and bodies a size', async () => {
    expect((await ask({ path: `/api/slice?q=${'x'.repeat(40_000)}` })).status).toBe(414);
    const body = JSON.stringify({ caseId: 'x'.repeat(300_000) });
    const headers = { origin, 'content-type': 'application/json' };
    expect((await ask({ path: '/api/tag-case', method: 'POST', headers, body })).status).toBe(413);
    const chunked = { ...headers, 'transfer-encoding': 'chunked' };
    expect((await ask({ path: '/api/tag-case', method: 'POST', headers: chunked, body })).status).toBe(413);
  });

  it('that change something are sent as JSON from the pages themselves', async () => {
    const change = { path: '/api/reopen', method: 'POST', body: '{}' };
    const type = { 'content-type': 'application/json' };
    for (const [headers, status] of [
      [{ ...type, origin }, 200],
      [type, 403],
      [{ ...type, origin: 'http://evil.example' }, 403],
      [{ ...type, origin: 'null' }, 403],
      [{ ...type, origin, 'sec-fetch-site': 'same-site' }, 403],
      [{ 'content-type': 'text/plain', origin }, 400],
      [{ origin }, 400],
    ] as const) {
      expect([headers, (await ask({ ...change, headers })).status]).toEqual([headers, status]);
      await studio.settled();
    }
    expect((await ask({ path: '/api/reopen' })).status).toBe(405);
    expect(
      (await ask({ path: '/api/status', method: 'POST', headers: { ...type, origin }, body: '{}' })).status,
    ).toBe(405);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    '%s is no way to ask',
    async (method) => {
      expect((await ask({ path: '/api/status', method })).status).toBe(405);
    },
  );
});

describe('whatever is sent', () => {
  const names = Object.keys(SERVICES);
  const value = fc.anything({ maxDepth: 3, withNullPrototype: true }).map((one) => {
    try {
      return JSON.stringify(one) ?? 'null';
    } catch {
      return '{';
    }
  });
  const params = fc.oneof(
    value,
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc
      .dictionary(
        fc.constantFrom(
          'id',
          'slice',
          'metric',
          'filter',
          'offset',
          'limit',
          'caseId',
          'cases',
          'query',
          'sort',
        ),
        fc.jsonValue(),
      )
      .map((one) => JSON.stringify(one)),
  );

  it('is answered, and the server lives on', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), params, fc.boolean(), async (name, text, writes) => {
        const answer = writes
          ? await ask({
              path: `/api/${name}`,
              method: 'POST',
              headers: { origin, 'content-type': 'application/json' },
              body: text.toWellFormed(),
            })
          : await ask({ path: `/api/${name}?q=${encodeURIComponent(text.toWellFormed())}` });
        expect([200, 400, 405, 422, 503]).toContain(answer.status);
        JSON.parse(answer.body);
      }),
      { numRuns: 400 },
    );
    await studio.settled();
    expect((await ask({ path: '/api/status' })).status).toBe(200);
  });

  it('even if it is no HTTP at all', async () => {
    for (const bytes of [
      '\0\0\0\0',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /${'a'.repeat(300_000)} HTTP/1.1\r\n\r\n`,
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
        socket.resume();
      });
    }
    expect((await ask({ path: '/api/status' })).status).toBe(200);
  });
});

describe('files that change while people look', () => {
  it('are seen, said, and read anew when asked', async () => {
    const own = await serve();
    const first = await send({ port: own.port, path: `/?token=${TOKEN}` });
    const headers = {
      ...keptOf(first),
      origin: own.origin,
      'content-type': 'application/json',
    };
    const status = async () => {
      now += 2000;
      return JSON.parse((await send({ port: own.port, path: '/api/status', headers })).body);
    };
    expect(await status()).toMatchObject({ state: 'ready', cases: 60 });

    rmSync(join(folder, 'new.jsonl'));
    expect(await status()).toEqual({
      state: 'failed',
      problems: [
        expect.stringMatching(/^new\.jsonl was there when the studio read it, and is gone\n {2}hint: /),
      ],
    });
    const refused = await send({ port: own.port, path: '/api/slices', headers });
    expect([refused.status, json(refused).problems[0]?.message]).toEqual([
      503,
      'new.jsonl was there when the studio read it, and is gone',
    ]);
    const reopen = () => send({ port: own.port, path: '/api/reopen', method: 'POST', headers, body: '{}' });
    await reopen();
    await own.settled();
    expect(await status()).toMatchObject({
      state: 'failed',
      problems: [expect.stringContaining('new.jsonl')],
    });

    writeRuns();
    await reopen();
    await own.settled();
    expect(await status()).toMatchObject({ state: 'ready', cases: 60 });

    utimesSync(join(folder, 'old.jsonl'), 1, 1);
    expect(await status()).toMatchObject({
      state: 'failed',
      problems: [expect.stringMatching(/^old\.jsonl has changed since the studio read it/)],
    });
    writeRuns();
    expect(complaints.splice(0).length).toBe(3);
  });

  it('a comparison that cannot be read is a page, not an end', async () => {
    writeFileSync(join(folder, 'broken.jsonl'), '{"case_id": 1\n');
    const own = await serve(undefined, {}, ['old.jsonl', 'broken.jsonl']);
    const first = await send({ port: own.port, path: `/?token=${TOKEN}` });
    const headers = keptOf(first);
    expect((await send({ port: own.port, path: '/', headers })).status).toBe(200);
    const { body } = await send({ port: own.port, path: '/api/status', headers });
    expect(JSON.parse(body)).toMatchObject({
      state: 'failed',
      problems: [expect.stringContaining('broken.jsonl:1')],
    });
    expect(complaints.splice(0).length).toBeGreaterThan(0);
  });
});

describe('a studio for others', () => {
  const password = 'correct horse battery';
  const logIn = (at: number, form: string, headers: Readonly<Record<string, string>> = {}) =>
    send({
      port: at,
      path: '/login',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: form,
    });

  it('asks for the password, and comes back to the page that was wanted', async () => {
    const own = await serve({ kind: 'password', password });
    const { status, headers, body } = await send({ port: own.port, path: '/slices?a=1' });
    expect(status).toBe(401);
    expect(body).toContain('name="next" value="/slices?a=1"');
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect((await send({ port: own.port, path: `/?token=${encodeURIComponent(password)}` })).status).toBe(
      401,
    );
    expect((await logIn(own.port, 'password=wrong&next=/')).status).toBe(401);
    const right = await logIn(own.port, `password=${encodeURIComponent(password)}&next=/slices%3Fa%3D1`);
    expect([right.status, right.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/slices\?a=1#studio-key=/),
    ]);
    const known = keptOf(right);
    expect((await send({ port: own.port, path: '/api/status', headers: known })).status).toBe(200);
    const elsewhere = await logIn(own.port, `password=${encodeURIComponent(password)}&next=//evil.example`);
    expect(elsewhere.headers.location).toMatch(/^\/#studio-key=/);
    const { cookie: alone } = known;
    const keyless = await send({ port: own.port, path: '/api/status', headers: { cookie: alone } });
    expect([keyless.status, keyless.body]).toEqual([401, expect.stringContaining('log in at /login')]);
    const again = await send({ port: own.port, path: '/login', headers: { cookie: alone } });
    expect([again.status, again.body]).toEqual([200, expect.stringContaining('name="next" value="/"')]);
    const foreign = await logIn(own.port, `password=${encodeURIComponent(password)}`, {
      origin: 'http://evil.example',
    });
    expect(foreign.status).toBe(403);
  });

  it('stops guessing', async () => {
    const own = await serve({ kind: 'password', password });
    const statuses = await Promise.all(
      Array.from({ length: 70 }, (_, i) => logIn(own.port, `password=guess${i}`)),
    );
    expect(statuses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(60);
    const last = await logIn(own.port, `password=${encodeURIComponent(password)}`);
    expect([last.status, last.headers['retry-after']]).toEqual([429, '60']);
  });

  it('believes a proxy that names somebody, and the names that the proxy hands through', async () => {
    const own = await serve(
      { kind: 'proxy', header: 'x-forwarded-user' },
      { allowedHosts: ['studio.example.com'] },
    );
    const user = { 'x-forwarded-user': 'ana' };
    expect((await send({ port: own.port, path: '/api/status' })).status).toBe(401);
    expect((await send({ port: own.port, path: '/api/status', headers: user })).status).toBe(200);
    const host = 'studio.example.com';
    expect((await send({ port: own.port, path: '/api/status', headers: { ...user, host } })).status).toBe(
      200,
    );
    expect(
      (await send({ port: own.port, path: '/api/status', headers: { ...user, host: 'evil.example' } }))
        .status,
    ).toBe(403);
  });
});

it('too many requests of one client are told to wait, and may come back', async () => {
  const own = await serve();
  const statuses = await Promise.all(
    Array.from({ length: 1100 }, () => send({ port: own.port, path: '/api/status' })),
  );
  expect(statuses.filter(({ status }) => status === 429).length).toBe(100);
  now += 60_000;
  expect((await send({ port: own.port, path: '/api/status' })).status).toBe(401);
});

it('a port that is taken is said, with what to do', async () => {
  await expect(serve(undefined, { port })).rejects.toMatchObject({
    code: 'ENGINE',
    problems: [{ message: `port ${port} of 127.0.0.1 is in use`, hint: expect.stringContaining('--port') }],
  });
});

it('packs as clients can unpack', async () => {
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const { etagOf, pack } = await import('./front-end.ts');
    const text = 'text '.repeat(1000);
    expect(unpack(await pack(text, encoding)).toString()).toBe(text);
    expect(etagOf(text)).not.toBe(etagOf(`${text}.`));
  }
});
