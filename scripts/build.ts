/**
 * Builds `dist/` and `schema/`: compiles file by file for the library, bundles the command so that it starts fast, builds the
 * front end twice (served, and as one file), all beside the old build, and takes its place only when all went well.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/** Where each published folder is made; as deep as the folder itself, so that source maps stay right. */
const next = { dist: `.build-${process.pid}-dist`, schema: `.build-${process.pid}-schema` } as const;

/** Writes both schemas with the code that was just built, in a process of its own. */
const WRITE_SCHEMAS = `
  import { writeFileSync } from 'node:fs';
  import { configSchema } from './${next.dist}/config/index.js';
  import { reportSchema } from './${next.dist}/gate/index.js';
  for (const [name, schema] of [['config', await configSchema()], ['report', reportSchema()]]) {
    writeFileSync('${next.schema}/' + name + '.json', JSON.stringify(schema, null, 2) + '\\n');
  }
`;

/** Small dependencies that every start of the command loads, and those of the studio, which users need not install. */
const BUNDLED = new Set([
  ...['commander', 'picocolors', 'fastest-levenshtein', 'hyparquet'],
  ...['hono', '@hono/node-server'],
]);

/** What is loaded before a command is chosen. */
const FIRST =
  /node_modules\/(?:commander|picocolors|fastest-levenshtein)\/|dist\/(?:errors|version|cli\/command-module)\.js$/;

process.exitCode = await build();

async function build(): Promise<number> {
  try {
    mkdirSync(`${root}${next.schema}`);
    run([tsc, '-p', 'tsconfig.build.json', '--outDir', next.dist]);
    run(['--input-type=module', '--eval', WRITE_SCHEMAS]);
    await bundleCommand(`${root}${next.dist}`);
    buildFrontEnd(`${root}${next.dist}`);
    chmodSync(`${root}${next.dist}/cli/main.js`, 0o755);
    for (const folder of ['dist', 'schema'] as const) {
      rmSync(`${root}${folder}`, { recursive: true, force: true });
      renameSync(`${root}${next[folder]}`, `${root}${folder}`);
    }
    return 0;
  } catch (error) {
    process.stderr.write(`build failed: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    for (const folder of Object.values(next)) rmSync(`${root}${folder}`, { recursive: true, force: true });
  }
}

/**
 * Replaces the many files of the command by a few: hundreds of modules cost more time to load than most gates take. What
 * is loaded only when needed (commands, engines, the ledger) stays in files of its own; dependencies stay outside.
 */
async function bundleCommand(dist: string): Promise<void> {
  const bundle = await rolldown({
    // Workers are started by address: `./worker.js` beside the module that starts it, which is a chunk.
    input: {
      main: `${dist}/cli/main.js`,
      'chunks/worker': `${dist}/discovery/kernel/worker.js`,
      'chunks/crew-worker': `${dist}/text/overlap/crew-worker.js`,
      'chunks/aside-worker': `${dist}/studio/explore/aside-worker.js`,
    },
    platform: 'node',
    // No module does anything but define: what a command does not use is left out of what it loads.
    treeshake: { moduleSideEffects: false },
    external: (id) => !/^[./\0]/.test(id) && !BUNDLED.has(packageOf(id)),
    // Some commands wait for the configuration that others load anyway: nothing is lost, and nobody needs to read of it.
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.generate({
    format: 'esm',
    entryFileNames: 'cli/[name].js',
    chunkFileNames: 'cli/chunks/[name]-[hash].js',
    sourcemap: true,
    // What many commands share is one file, since each file takes a millisecond to load; what help needs stays apart.
    codeSplitting: {
      groups: [
        { name: 'first', test: FIRST, priority: 1 },
        { name: 'shared', test: (id) => !id.includes('/hyparquet/'), minShareCount: 4 },
      ],
    },
  });
  // The library has no studio, and its files would name packages that users do not have.
  for (const folder of ['cli', 'studio']) rmSync(`${dist}/${folder}`, { recursive: true });
  for (const file of output) {
    mkdirSync(dirname(`${dist}/${file.fileName}`), { recursive: true });
    writeFileSync(`${dist}/${file.fileName}`, file.type === 'chunk' ? file.code : file.source);
  }
  await bundle.close();
}

/** The front end twice: as files that the studio serves, and as one file that becomes HTML reports. */
function buildFrontEnd(dist: string): void {
  const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
  const always = ['build', 'web', '--config', 'web/vite.config.ts', '--logLevel', 'warn'];
  run([vite, ...always, '--outDir', `${dist}/web`]);
  run([vite, ...always, '--outDir', `${dist}/report`, '--mode', 'report']);
}

/** `@hono/node-server/conninfo` is of `@hono/node-server`. */
function packageOf(id: string): string {
  return id
    .split('/')
    .slice(0, id.startsWith('@') ? 2 : 1)
    .join('/');
}

function run(args: readonly string[]): void {
  execFileSync(process.execPath, args, { stdio: 'inherit', cwd: root });
}
