/** Holds the documentation to the code: links, pages, code blocks, numbers and printed reports. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { CHECKS } from '../src/checks/index.ts';
import { loadConfig, loadWaivers } from '../src/config/index.ts';
import * as stats from '../src/stats/index.ts';

const root = resolve(import.meta.dirname, '..');
const main = join(root, 'dist/cli/main.js');

/** Set to write what the command prints into the pages: `SLICEWISE_UPDATE_GOLDENS=1 npx vitest run test/docs.test.ts`. */
const isUpdate = process.env.SLICEWISE_UPDATE_GOLDENS === '1';

/** Everything that `slicewise/stats` exports, by name. */
const exported: Readonly<Record<string, unknown>> = { ...stats };

interface Page {
  /** Relative to the root of the repository. */
  readonly name: string;
  readonly text: string;
}

/** A fenced block: what stands behind the opening fence, and what it holds. */
interface Block {
  readonly page: Page;
  readonly line: number;
  readonly language: string;
  readonly info: string;
  readonly text: string;
}

const pages: readonly Page[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !/(^|\/)(out|reports)\//.test(name))
      .map((name) => join(folder, name)),
  ),
]
  .sort()
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

const blocks = pages.flatMap(blocksOf);

function blocksOf(page: Page): Block[] {
  const found: Block[] = [];
  const lines = page.text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const open = /^( *)```(\S*) ?(.*)$/.exec(lines[at]!);
    if (open === null) continue;
    const [, indent, language, info] = open as unknown as [string, string, string, string];
    const end = lines.findIndex((line, index) => index > at && line === `${indent}\`\`\``);
    if (end < 0) throw new Error(`${page.name}:${at + 1}: the fence is not closed`);
    const text = lines.slice(at + 1, end).map((line) => line.slice(indent.length));
    found.push({ page, line: at + 1, language, info, text: text.join('\n') });
    at = end;
  }
  return found;
}

const placeOf = ({ page, line }: Block) => `${page.name}:${line}`;
const named = (wanted: (block: Block) => boolean) =>
  blocks.filter(wanted).map((block) => [placeOf(block), block] as const);

describe('links', () => {
  it('lead to files and headings that exist', () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => !leads(page, link))
        .map((link) => `${page.name}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('reach every page from the README', () => {
    const seen = new Set(['README.md']);
    for (const name of seen) {
      const page = pages.find((one) => one.name === name);
      for (const link of page === undefined ? [] : linksOf(page)) {
        const target = relative(root, resolve(root, dirname(name), link.split('#')[0]!));
        if (target.endsWith('.md') && !link.includes(':')) seen.add(target);
      }
    }
    expect(pages.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });
});

function withoutCode(text: string): string {
  return text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, '');
}

function linksOf({ text }: Page): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
}

function leads(page: Page, link: string): boolean {
  const [path, heading] = link.split('#') as [string, string | undefined];
  const target = path === '' ? page.name : relative(root, resolve(root, dirname(page.name), path));
  if (!existsSync(join(root, target))) return false;
  if (heading === undefined || !target.endsWith('.md')) return true;
  return anchorsOf(readFileSync(join(root, target), 'utf8')).includes(heading);
}

/** Anchors as GitHub makes them. */
function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...text.replace(/^( *)```[\s\S]*?^\1```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const repeats = seen.get(anchor) ?? 0;
    seen.set(anchor, repeats + 1);
    return repeats === 0 ? anchor : `${anchor}-${repeats}`;
  });
}

describe('pages', () => {
  it('there is one for every check and none for anything else', () => {
    const written = readdirSync(join(root, 'docs/checks'))
      .map((name) => name.replace(/\.md$/, ''))
      .filter((name) => name !== 'README');
    expect(written.toSorted()).toEqual([...Object.keys(CHECKS), 'slice-losses'].toSorted());
  });

  it('every key of the configuration is explained', async () => {
    const { configSchema } = await import('../src/config/index.ts');
    const text = readFileSync(join(root, 'docs/guide/configuration.md'), 'utf8');
    const keys = new Set(keysOf(await configSchema()));
    expect([...keys].filter((key) => !new RegExp(`\`${key}[\`:(]`).test(text))).toEqual([]);
  });

  it('no page names a path of the machine that it was written on', () => {
    const wrong = pages.filter(({ text }) => /\/(work|root|tmp|home)\/|\.\.\/shared/.test(text));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

interface SchemaPart {
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly additionalProperties?: SchemaPart | boolean;
}

function keysOf(schema: SchemaPart): string[] {
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, part]) => [key, ...keysOf(part)]),
    ...(schema.items === undefined ? [] : keysOf(schema.items)),
    ...(schema.anyOf ?? []).flatMap(keysOf),
    ...(typeof schema.additionalProperties === 'object' ? keysOf(schema.additionalProperties) : []),
  ];
}

describe('code', () => {
  test.each(named(({ language }) => language === 'ts'))('TypeScript parses at %s', (_, { text }) => {
    expect(() => stripTypeScriptTypes(text)).not.toThrow();
  });

  test.each(named(({ language }) => language === 'json'))('JSON parses at %s', (_, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  test.each(named(({ language }) => language === 'jsonl'))('JSON lines parse at %s', (_, { text }) => {
    expect(() => text.split('\n').map((line) => JSON.parse(line))).not.toThrow();
  });

  test.each(named(({ language }) => language === 'yaml'))('YAML parses at %s', async (_, { text, info }) => {
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
    if (/slicewise\.yaml|eval_config\.yaml/.test(info)) await loadConfig('slicewise.yaml', text);
    if (/waivers/.test(info)) await loadWaivers('slicewise-waivers.yaml', text);
  });
});

describe('numbers of the method pages', () => {
  const examples = named(
    ({ page, language }) => language === 'ts' && page.name.startsWith(join('docs', 'methods')),
  );

  test.each(examples)('%s', (_, { text }) => {
    expect(wrongNumbers(text)).toEqual([]);
  });
});

/** Runs an example and returns every line whose value is not what its comment says, to the digits that it gives. */
function wrongNumbers(text: string): string[] {
  const imported = /import \{([^}]*)\} from 'slicewise\/stats';/.exec(text);
  if (imported === null) return ["no import from 'slicewise/stats'"];
  const names = imported[1]!.split(',').map((name) => name.trim());
  const wrong: string[] = [];
  const check = (line: string, value: unknown, said: string) => {
    if (!agrees(value, said)) wrong.push(`${line} is ${String(value)}, the page says ${said}`);
  };
  const body = stripTypeScriptTypes(text.replace(imported[0], '')).replace(
    /^(?!\s*(?:const|\/\/))(.+); \/\/ (\S+)$/gm,
    (_, line: string, said: string) => `check(${JSON.stringify(line)}, ${line}, ${JSON.stringify(said)});`,
  );
  const unused = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(body));
  if (unused.length > 0) return [`unused imports ${unused.join(', ')}`];
  const values = names.map((name) => exported[name]);
  if (!body.includes('check(')) return ['nothing to check'];
  new Function(...names, 'check', body)(...values, check);
  return wrong;
}

function agrees(value: unknown, said: string): boolean {
  if (typeof value === 'boolean') return String(value) === said;
  if (typeof value !== 'number') return false;
  const digits = said
    .replace(/^-?0*\.?0*/, '')
    .replace(/e.*$/, '')
    .replace('.', '').length;
  const unit =
    Math.abs(Number(said)) === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(Number(said)))) - digits + 1);
  return Math.abs(value - Number(said)) <= unit / 2 + 1e-12 * Math.abs(value);
}

/** Runs the built command in the repository; its output is the same on every machine. */
function run(args: readonly string[]): { readonly output: string; readonly code: number | null } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { output: stdout === '' ? stderr : stdout, code: status };
}

/** `"a b" c` as two arguments. */
function words(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
}

/**
 * A block with the info text `output: ARGUMENTS` shows what the command prints; with `(first N lines)` its beginning, with
 * `(parts A, B)` those paragraphs that begin so.
 */
describe('printed reports', () => {
  test('the command is built', () => {
    expect(existsSync(main), 'run npm run build first').toBe(true);
  });

  test.each(named(({ info }) => info.startsWith('output: ')))('%s is what the command prints', (_, block) => {
    const [, args, first, parts] = /^output: (.*?)(?: \((?:first (\d+) lines|parts (.+))\))?$/.exec(
      block.info,
    ) as unknown as [string, string, string | undefined, string | undefined];
    const { output, code } = run(words(args));
    expect(code, output).not.toBe(null);
    expect(output).not.toMatch(/this should not have happened|^ {4}at /m);
    const whole = output.replace(/\n$/, '');
    const shown =
      parts === undefined
        ? whole
            .split('\n')
            .slice(0, first === undefined ? undefined : Number(first))
            .join('\n')
        : partsOf(whole, parts.split(', ')).join('\n\n');
    if (isUpdate && shown !== block.text) rewrite(block, shown);
    else expect(block.text).toBe(shown);
  });
});

function partsOf(text: string, beginnings: readonly string[]): string[] {
  const paragraphs = text.split('\n\n');
  return beginnings.map((beginning) => {
    const found = paragraphs.find((paragraph) => paragraph.startsWith(beginning));
    if (found === undefined) throw new Error(`no part of the report begins with ${beginning}`);
    return found;
  });
}

/** Puts a new text into a block. */
function rewrite({ page, text, info }: Block, shown: string): void {
  const file = join(root, page.name);
  const fenced = (content: string) => `\`\`\`text ${info}\n${content === '' ? '' : `${content}\n`}\`\`\``;
  const now = readFileSync(file, 'utf8');
  if (!now.includes(fenced(text))) throw new Error(`${page.name}: the block of ${info} was not found`);
  writeFileSync(
    file,
    now.replace(fenced(text), () => fenced(shown)),
  );
}
