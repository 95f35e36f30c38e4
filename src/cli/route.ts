/** Decides which command an argument list is for. */

/** The command, and the whole argument list for the parser. */
export type Route =
  | { readonly kind: 'program'; readonly args: readonly string[] }
  | {
      readonly kind: 'command';
      readonly name: string;
      readonly args: readonly string[];
      /** Result files stood where a command may stand. */
      readonly isShorthand: boolean;
    };

const OF_PROGRAM = ['--help', '-h', '--version', '-V'];

/**
 * The first argument is a command, or else the arguments are those of a gate without a configuration. A file that is named
 * like a command is written `./gate`.
 *
 * @example routeOf(['old.jsonl', 'new.jsonl'], ['gate']).args // ['gate', '--no-config', 'old.jsonl', 'new.jsonl']
 */
export function routeOf(args: readonly string[], commands: readonly string[]): Route {
  const [first, second] = args;
  if (first === undefined || OF_PROGRAM.includes(first)) return { kind: 'program', args };
  const isKnown = (name: string | undefined): name is string => name !== undefined && commands.includes(name);
  if (first === 'help') {
    return isKnown(second)
      ? { kind: 'command', name: second, args: [second, '--help'], isShorthand: false }
      : { kind: 'program', args: ['--help'] };
  }
  if (isKnown(first)) return { kind: 'command', name: first, args, isShorthand: false };
  return { kind: 'command', name: 'gate', args: ['gate', '--no-config', ...args], isShorthand: true };
}
