/** Runs the examples of the library's page: every line says what it gives. */

import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as library from '../src/index.ts';

const page = readFileSync(join(resolve(import.meta.dirname, '..'), 'docs/guide/library.md'), 'utf8');
const examples = [...page.matchAll(/^```ts runs\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
const exported: Readonly<Record<string, unknown>> = { ...library };

describe('the examples of the library', () => {
  test('are there', () => expect(examples.length).toBeGreaterThanOrEqual(3));

  test.each(examples)('give what they say: %s', async (text) => {
    const imported = /import \{([^}]*)\} from 'slicewise';/.exec(text)!;
    const names = imported[1]!.split(',').map((name) => name.trim());
    expect(names.filter((name) => exported[name] === undefined)).toEqual([]);
    const wrong: string[] = [];
    let checked = 0;
    const check = (line: string, value: unknown, said: unknown) => {
      checked++;
      const isSame =
        typeof value === 'number' && typeof said === 'number'
          ? Math.abs(value - said) < 1e-9
          : value === said;
      if (!isSame) wrong.push(`${line} is ${String(value)}, the page says ${String(said)}`);
    };
    const body = stripTypeScriptTypes(text.replace(imported[0], '')).replace(
      /^(\S.*); \/\/ (.+)$/gm,
      (_, line: string, said: string) => `check(${JSON.stringify(line)}, ${line}, ${said});`,
    );
    await new Function(...names, 'check', `return (async () => {${body}})()`)(
      ...names.map((name) => exported[name]),
      check,
    );
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(0);
  });
});
