/** Finds the JSON Schema of slicewise.yaml, so that an editor that opens a new file finds it as well. */

import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const IN_PACKAGE = join('schema', 'config.json');

/**
 * The path of the schema as a file in `folder` names it: of the package that is installed there or above, else of the checkout that
 * the folder lies in; null where there is none, such as under a global installation, whose place is nobody else's.
 *
 * @param folder absolute path
 * @param self absolute path of a folder of the running package
 */
export function schemaPath(folder: string, self: string): string | null {
  for (const above of withParents(folder)) {
    const installed = join(above, 'node_modules', 'slicewise', IN_PACKAGE);
    if (existsSync(installed)) return asTyped(relative(folder, installed));
  }
  const root = withParents(self).find((above) => existsSync(join(above, 'package.json')));
  const isInside = root !== undefined && withParents(folder).includes(root);
  const own = isInside ? join(root, IN_PACKAGE) : null;
  return own !== null && existsSync(own) ? asTyped(relative(folder, own)) : null;
}

function withParents(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...withParents(above)];
}

function asTyped(path: string): string {
  const typed = path.split(sep).join('/');
  return typed.startsWith('.') ? typed : `./${typed}`;
}
