/** Builds `dist/`: compiles file by file, marks the command as executable and writes the published schemas. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));

/** Writes both schemas with the code that was just built, in a process of its own. */
const WRITE_SCHEMAS = `
  import { writeFileSync } from 'node:fs';
  import { configSchema } from './dist/config/index.js';
  import { reportSchema } from './dist/gate/index.js';
  for (const [name, schema] of [['config', await configSchema()], ['report', reportSchema()]]) {
    writeFileSync('schema/' + name + '.json', JSON.stringify(schema, null, 2) + '\\n');
  }
`;

for (const folder of ['dist', 'schema']) rmSync(`${root}${folder}`, { recursive: true, force: true });
execFileSync(process.execPath, [tsc, '-p', `${root}tsconfig.build.json`], { stdio: 'inherit', cwd: root });
chmodSync(`${root}dist/cli/main.js`, 0o755);
mkdirSync(`${root}schema`);
execFileSync(process.execPath, ['--input-type=module', '--eval', WRITE_SCHEMAS], {
  stdio: 'inherit',
  cwd: root,
});
