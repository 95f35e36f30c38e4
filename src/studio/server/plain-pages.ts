/** The few pages that the server makes itself: refused, not built, log in. They carry no script. */

import { escaped } from '../escaped.ts';

/** What a page says. */
export interface PlainPage {
  readonly title: string;
  readonly message: string;
  readonly hint?: string | null;
  /** Loads this address once more, at once: from the studio itself, and so with its cookie. */
  readonly reloads?: string;
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1rem; }
  main { max-width: 34rem; overflow-wrap: anywhere; }
  h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
  p { margin: .5rem 0; }
  form { display: grid; gap: .75rem; margin-top: 1rem; }
  label { display: grid; gap: .25rem; }
  input, button { font: inherit; padding: .5rem .75rem; border: 1px solid GrayText; border-radius: .375rem; }
  :focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

/** A page that says one thing. */
export function plainPage({ title, message, hint, reloads }: PlainPage): string {
  const refresh =
    reloads === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(reloads)}">`;
  return frame(
    title,
    refresh,
    `<h1>${escaped(title)}</h1><p>${escaped(message)}</p>${hint == null ? '' : `<p>${escaped(hint)}</p>`}`,
  );
}

/** The page that asks for the password, and comes back to `next`. */
export function loginPage({
  next,
  problem,
}: {
  readonly next: string;
  readonly problem: string | null;
}): string {
  return frame(
    'Log in',
    '',
    `<h1>Slicewise studio</h1>${problem === null ? '' : `<p role="alert">${escaped(problem)}</p>`}
    <form method="post" action="/login">
      <input type="hidden" name="next" value="${escaped(next)}">
      <label>Password <input type="password" name="password" autocomplete="current-password" required autofocus></label>
      <button type="submit">Open</button>
    </form>`,
  );
}

function frame(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${head}<title>${escaped(title)} · Slicewise</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}
