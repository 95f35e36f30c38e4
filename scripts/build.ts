/** Builds `dist/` and `schema/`: compiles file by file beside the old build, and takes its place only when all went well. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

process.exitCode = build();

function build(): number {
  try {
    mkdirSync(`${root}${next.schema}`);
    run([tsc, '-p', 'tsconfig.build.json', '--outDir', next.dist]);
    run(['--input-type=module', '--eval', WRITE_SCHEMAS]);
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

function run(args: readonly string[]): void {
  execFileSync(process.execPath, args, { stdio: 'inherit', cwd: root });
}
