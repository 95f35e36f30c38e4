import { describe, expect, it } from 'vitest';
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
    const cookie = door.admit(0);
    expect(door.isKnown(cookies(`a=b; slicewise-1=${cookie}`), 1)).toBe(true);
    expect(door.isKnown(cookies(`slicewise-1=stale; slicewise-1=${cookie}`), 1)).toBe(true);
    expect(door.isKnown(cookies(`slicewise-1=${cookie}`), COOKIE_HOURS * 3_600_000)).toBe(false);
    expect(door.isKnown(cookies(`slicewise-2=${cookie}`), 1)).toBe(false);
    expect(door.isKnown(cookies(`slicewise-1=${cookie}x`), 1)).toBe(false);
    expect(door.isKnown(cookies('slicewise-1='), 1)).toBe(false);
    expect(door.isKnown(none, 1)).toBe(false);
  });

  it('is no password, and cookies differ', async () => {
    expect(await door.isPassword('right')).toBe(false);
    expect(door.admit(0)).not.toBe(door.admit(0));
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
    expect(door.isKnown((name) => (name === 'X-Forwarded-User' ? user : undefined), 0)).toBe(isKnown);
  });
});
