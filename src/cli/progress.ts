/** Says on standard error what takes long, and only then. */

import type { Output, Shell } from './shell.ts';

/** A report of progress that ends. */
export interface Progress {
  /** A stage that begins; `joint sign flips 40 %` is the same stage as `joint sign flips 30 %`. */
  readonly say: (text: string) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** What takes less goes unsaid; milliseconds. */
const PATIENCE_MS = 1000;

/**
 * After one second, a line per stage: on a terminal one line that is rewritten and taken away at the end, elsewhere plain
 * lines.
 */
export function startProgress(quiet: boolean, { stderr, now }: Pick<Shell, 'stderr' | 'now'>): Progress {
  if (quiet) return { say: () => {}, end: () => {} };
  const began = now().getTime();
  const write = stderr.isTerminal ? onTerminal(stderr) : onLines(stderr);
  let current: string | null = null;
  let isShown = false;
  const show = (text: string) => {
    isShown = true;
    write(text);
  };
  let timer: NodeJS.Timeout | null = setTimeout(() => {
    timer = null;
    if (current !== null) show(current);
  }, PATIENCE_MS);
  timer.unref();
  return {
    say: (text) => {
      current = text;
      if (timer !== null && now().getTime() - began < PATIENCE_MS) return;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      show(text);
    },
    end: () => {
      if (timer !== null) clearTimeout(timer);
      if (isShown) stderr.replaceLine('');
    },
  };
}

function onTerminal(stderr: Output): (text: string) => void {
  const width = (stderr.columns ?? 80) - 1;
  return (text) => stderr.replaceLine(`slicewise: ${text}`.slice(0, width));
}

function onLines(stderr: Output): (text: string) => void {
  let shown = '';
  return (text) => {
    const stage = text.replace(/ \d+ %$/, '');
    if (stage === shown) return;
    shown = stage;
    void stderr.write(`slicewise: ${stage}\n`);
  };
}
