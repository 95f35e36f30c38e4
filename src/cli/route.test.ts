import { describe, expect, it } from 'vitest';
import { routeOf } from './route.ts';

const COMMANDS = ['gate', 'history'];

describe('the command of an argument list', () => {
  const gate = (args: readonly string[], isShorthand: boolean) => ({
    kind: 'command',
    name: 'gate',
    args,
    isShorthand,
  });
  it.each([
    [[], { kind: 'program', args: [] }],
    [['--help'], { kind: 'program', args: ['--help'] }],
    [['-V'], { kind: 'program', args: ['-V'] }],
    [['help'], { kind: 'program', args: ['--help'] }],
    [['help', 'nothing'], { kind: 'program', args: ['--help'] }],
    [['help', 'gate'], gate(['gate', '--help'], false)],
    [['gate', 'a', 'b'], gate(['gate', 'a', 'b'], false)],
    [['a', 'b'], gate(['gate', '--no-config', 'a', 'b'], true)],
    [['-', 'b'], gate(['gate', '--no-config', '-', 'b'], true)],
    [['./gate'], gate(['gate', '--no-config', './gate'], true)],
    [['--slice', 'gate', 'a', 'b'], gate(['gate', '--no-config', '--slice', 'gate', 'a', 'b'], true)],
  ])('%j', (args, route) => {
    expect(routeOf(args, COMMANDS)).toEqual(route);
  });
});
