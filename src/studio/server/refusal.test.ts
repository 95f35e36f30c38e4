import { describe, expect, it } from 'vitest';
import { type HostRule, isAllowedHost, LOOPBACK_NAMES, refusalOf, writeRefusalOf } from './refusal.ts';

const RULE: HostRule = {
  port: 4321,
  names: new Set(LOOPBACK_NAMES),
  proxied: new Set(['studio.example.com']),
  addresses: false,
};

const request = (target: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') => ({
  method,
  target,
  header: (name: string) => ({ host: '127.0.0.1:4321', ...headers })[name],
});

describe('names of the studio', () => {
  it.each([
    ['127.0.0.1:4321', true],
    ['localhost:4321', true],
    ['LOCALHOST:4321', true],
    ['[::1]:4321', true],
    ['studio.example.com', true],
    ['studio.example.com:8443', true],
    ['127.0.0.1', false],
    ['127.0.0.1:4322', false],
    ['evil.example:4321', false],
    ['127.0.0.1.evil.example:4321', false],
    ['localhost.:4321', false],
    ['127.0.0.1:4321@evil.example', false],
    ['192.168.0.7:4321', false],
    ['0.0.0.0:4321', false],
    ['', false],
    ['localhost:4321, evil.example', false],
    ['localhost:4321#evil', false],
  ])('%s: %s', (host, isAllowed) => {
    expect(isAllowedHost(host, RULE)).toBe(isAllowed);
  });

  it('any address will do where a password is asked for, and no foreign name: only names can be rebound', () => {
    const open = { ...RULE, addresses: true };
    expect(isAllowedHost('192.168.0.7:4321', open)).toBe(true);
    expect(isAllowedHost('[fe80::1]:4321', open)).toBe(true);
    expect(isAllowedHost('evil.example:4321', open)).toBe(false);
  });
});

describe('foreign requests', () => {
  it.each([
    [{}, null],
    [{ origin: 'http://127.0.0.1:4321' }, null],
    [{ origin: 'https://127.0.0.1:4321' }, null],
    [{ origin: 'http://127.0.0.1:9999' }, 403],
    [{ origin: 'http://localhost:4321' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, null],
    [{ 'sec-fetch-site': 'none' }, null],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: 'evil.example:4321' }, 403],
  ] as const)('%j: %s', (headers, status) => {
    expect(refusalOf(request('/api/status', headers), RULE)?.status ?? null).toBe(status);
  });

  const followed = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  it.each([
    ['/slices', followed, 'GET', null],
    ['/api/status', followed, 'GET', 403],
    ['/API/status', followed, 'GET', 403],
    ['/%61pi/status', followed, 'GET', 403],
    ['/slices', followed, 'POST', 403],
    ['/slices', { ...followed, 'sec-fetch-dest': 'iframe' }, 'GET', 403],
    ['/assets/a.js', { ...followed, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }, 'GET', 403],
  ] as const)(
    'a link on another page may show a page and nothing else: %s %j %s',
    (target, headers, method, status) => {
      expect(refusalOf(request(target, headers, method), RULE)?.status ?? null).toBe(status);
    },
  );
});

describe('paths', () => {
  it.each([
    '/../etc/passwd',
    '/assets/../../package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%2E%2E/etc',
    '/..%2fetc',
    '/a%2fb',
    '/a%5cb',
    '/a\\b',
    '//evil.example/',
    '/./a',
    '/%00',
    '/a%0ab',
    '/%',
    '/%c3%28',
    '/%252e%252e/etc',
    'http://evil.example/',
    '*',
    '',
  ])('%s is refused', (target) => {
    expect(refusalOf(request(target), RULE)?.status).toBe(400);
  });

  it.each([
    '/',
    '/slices',
    '/slices?id=%2e%2e%2f',
    '/assets/index-abc.js',
    '/api/slice?q=%7B%22id%22%3A%22..%22%7D',
    '/caf%C3%A9',
  ])('%s is looked at', (target) => {
    expect(refusalOf(request(target), RULE)).toBeNull();
  });
});

describe('changes', () => {
  const json = { 'content-type': 'application/json' };
  it.each([
    [{ ...json, origin: 'http://127.0.0.1:4321' }, null],
    [{ 'content-type': 'application/json; charset=utf-8', 'sec-fetch-site': 'same-origin' }, null],
    [json, 403],
    [{ ...json, 'sec-fetch-site': 'none' }, 403],
    [{ 'content-type': 'text/plain', origin: 'http://127.0.0.1:4321' }, 400],
    [{ 'content-type': 'application/x-www-form-urlencoded', origin: 'http://127.0.0.1:4321' }, 400],
    [{ origin: 'http://127.0.0.1:4321' }, 400],
  ] as const)('%j: %s', (headers, status) => {
    expect(writeRefusalOf(request('/api/decide', headers, 'POST'))?.status ?? null).toBe(status);
  });
});
