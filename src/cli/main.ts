#!/usr/bin/env node
/** Entry of the command `slicewise`. It must parse on every Node since 14, so that an old one gets a message: keep it plain. */

const found = process.versions.node.split('.').map(Number);
const isTooOld = found[0]! < 22 || (found[0] === 22 && found[1]! < 18);

if (isTooOld) {
  process.stderr.write(
    'slicewise: this is Node ' +
      process.versions.node +
      ', and slicewise needs Node 22.18 or newer\n  hint: see https://nodejs.org\n',
  );
  process.exit(2);
}

process.on('SIGINT', () => process.exit(130));

/** Whatever escapes all handlers ends with 2: Node's own code for a crash is 1, which is a verdict. */
const crash = (error: unknown) => {
  process.stderr.write(`slicewise: ${error instanceof Error ? error.stack : error}\n`);
  process.exit(2);
};
process.on('uncaughtException', crash);

/** Keeps compiled code in the user's own cache folder, which halves the start of later runs; a folder that cannot be written is no loss. */
const keepCompiled = async () => {
  const [{ enableCompileCache }, { homedir }] = await Promise.all([import('node:module'), import('node:os')]);
  const base = process.env.XDG_CACHE_HOME || `${homedir()}/.cache`;
  if (!process.env.NODE_COMPILE_CACHE) enableCompileCache(`${base}/slicewise/compiled`);
};

keepCompiled()
  .catch(() => undefined)
  .then(() => import('./start.ts'))
  .then((module) => module.start())
  .then((code) => process.exit(code), crash);

export {};
