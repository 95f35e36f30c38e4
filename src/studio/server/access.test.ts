import { describe, expect, it } from 'vitest';
import { KEY_HEADER } from '../contract/studio-key.ts';
import { COOKIE_HOURS, createDoorkeeper } from './access.ts';

const cookies = (cookie: string) => (name: string) => (name === 'cookie' ? cookie : undefined);
const none = () => undefined;

describe('a token', () => {
  const door = createDoorkeeper({ kind: 'token', token: 'right' }, () => 'slicewise-1');

  it.each([
    ['right', true],
    ['wrong', false],
    ['', false],
    ['right ', false],
  ])('%j: %s', (token, isRight) => {
    expect(door.isToken(token)).toBe(isRight);
  });

  it('earns a cookie that is good for a week, among others, and for this studio only', () => {
    const { cookie } = door.admit(0);
    expect(door.isKnown(cookies(`a=b; slicewise-1=${cookie}`), 1)).toBe(true);
    expect(door.isKnown(cookies(`slicewise-1=stale; slicewise-1=${cookie}`), 1)).toBe(true);
    expect(door.isKnown(cookies(`slicewise-1=${cookie}`), COOKIE_HOURS * 3_600_000)).toBe(false);
    expect(door.isKnown(cookies(`slicewise-2=${cookie}`), 1)).toBe(false);
    expect(door.isKnown(cookies(`slicewise-1=${cookie}x`), 1)).toBe(false);
    expect(door.isKnown(cookies('slicewise-1='), 1)).toBe(false);
    expect(door.isKnown(none, 1)).toBe(false);
  });

  it('answers to a cookie with its own key, whatever else other servers planted, and to neither alone', () => {
    const { cookie, key } = door.admit(0);
    const other = door.admit(0);
    const sent = (value: string, keySent: string | undefined) => (name: string) =>
      name === 'cookie' ? value : name === KEY_HEADER ? keySent : undefined;
    const planted = Array.from({ length: 50 }, (_, i) => `slicewise-1=planted${i}; `).join('');
    expect(door.isTrusted(sent(`${planted}slicewise-1=${cookie}`, key), 1)).toBe(true);
    expect(door.isKnown(sent(`${planted}slicewise-1=${cookie}`, undefined), 1)).toBe(true);
    expect(door.isTrusted(sent(`slicewise-1=${cookie}`, undefined), 1)).toBe(false);
    expect(door.isTrusted(sent(`slicewise-1=${cookie}`, ''), 1)).toBe(false);
    expect(door.isTrusted(sent(`slicewise-1=${cookie}`, other.key), 1)).toBe(false);
    expect(door.isTrusted(sent(`${planted}slicewise-2=${cookie}`, key), 1)).toBe(false);
    expect(door.isTrusted(sent(`slicewise-1=${cookie}`, key), COOKIE_HOURS * 3_600_000)).toBe(false);
  });

  it('is no password, and cookies differ', async () => {
    expect(await door.isPassword('right')).toBe(false);
    const [one, other] = [door.admit(0), door.admit(0)];
    expect(new Set([one.cookie, one.key, other.cookie, other.key]).size).toBe(4);
  });
});

describe('a password', () => {
  it('is compared as a whole, and is no token', async () => {
    const door = createDoorkeeper({ kind: 'password', password: 'correct horse' }, () => 's');
    expect(
      await Promise.all(['correct horse', 'correct', 'correct horse ', ''].map(door.isPassword)),
    ).toEqual([true, false, false, false]);
    expect(door.isToken('correct horse')).toBe(false);
  });
});

describe("a proxy's header", () => {
  const door = createDoorkeeper({ kind: 'proxy', header: 'X-Forwarded-User' }, () => 's');
  it.each([
    ['ana', true],
    [' ', false],
    [undefined, false],
  ])('%j: %s', (user, isKnown) => {
    const header = (name: string) => (name === 'X-Forwarded-User' ? user : undefined);
    expect([door.isKnown(header, 0), door.isTrusted(header, 0)]).toEqual([isKnown, isKnown]);
  });
});
