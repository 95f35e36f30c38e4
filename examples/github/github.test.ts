import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { MARKER, postComment, pullRequestOf } from '../../scripts/action/comment.ts';
import { findingLines } from '../../scripts/action/findings.ts';
import { gateArguments, readInputs } from '../../scripts/action/inputs.ts';
import { MARKDOWN_MARKER } from '../../src/reports/markdown/markdown.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILES = ['action.yml', 'examples/github/slicewise-gate.yml', 'examples/github/slicewise-nightly.yml'];

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

function readYaml(file: string): Record<string, never> {
  const document = parseDocument(readFileSync(join(ROOT, file), 'utf8'), { uniqueKeys: true, strict: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS();
}

/** Every step of an action or of all jobs of a workflow. */
function stepsOf(file: string): readonly Step[] {
  const yaml = readYaml(file) as { runs?: { steps: Step[] }; jobs?: Record<string, { steps: Step[] }> };
  return yaml.runs?.steps ?? Object.values(yaml.jobs ?? {}).flatMap((job) => job.steps);
}

describe.each(FILES)('%s', (file) => {
  it('is YAML without a warning and has steps', () => {
    expect(stepsOf(file).length).toBeGreaterThan(0);
  });

  it('puts no expression into shell text, so that no name can become a command', () => {
    for (const { run = '' } of stepsOf(file)) expect(run).not.toContain('${{');
  });
});

describe('the action', () => {
  const action = readYaml('action.yml') as unknown as {
    inputs: Record<string, { description: string; default?: string; required?: boolean }>;
    outputs: Record<string, { description: string; value: string }>;
  };
  const steps = stepsOf('action.yml');
  const gate = steps.find(({ id }) => id === 'gate');

  it('uses every input that it declares, and none that it does not', () => {
    const used = new Set(
      [...JSON.stringify(steps).matchAll(/\$\{\{ inputs\.([a-z-]+) \}\}/g)].map((match) => match[1]),
    );
    expect([...used].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('names a shell for every command', () => {
    for (const step of steps) expect(step.run === undefined || step.shell === 'bash').toBe(true);
  });

  it('starts a script that exists', () => {
    const script = /\$GITHUB_ACTION_PATH\/(scripts\/\S+?)"/.exec(gate?.run ?? '')?.[1];
    expect(existsSync(join(ROOT, script!))).toBe(true);
  });

  it('sets every output that it declares', () => {
    const main = readFileSync(join(ROOT, 'scripts/action/main.ts'), 'utf8');
    const { 'html-url': url, ...ofGate } = action.outputs;
    expect(url?.value).toBe(`\${{ steps.html.outputs.artifact-url }}`);
    for (const [name, { value }] of Object.entries(ofGate)) {
      expect(value).toBe(`\${{ steps.gate.outputs.${name} }}`);
      expect(main).toMatch(new RegExp(`\\b'?${name}'?[:,]`));
    }
  });

  it('uploads and links the HTML report even where the gate stops the job, and only where it is there', () => {
    const [upload, link] = steps.slice(steps.indexOf(gate!) + 1);
    expect(upload).toMatchObject({
      id: 'html',
      if: "always() && steps.gate.outputs.report-html != ''",
      with: { path: `\${{ steps.gate.outputs.report-html }}`, name: `\${{ inputs.html-artifact }}` },
    });
    expect(link?.if).toBe("always() && steps.html.outputs.artifact-url != ''");
    expect(link?.run).toContain('>> "$GITHUB_STEP_SUMMARY"');
    expect(action.inputs['html-artifact']?.default).toBe('');
  });

  it('is given only inputs that it has by the example workflows', () => {
    for (const file of FILES.slice(1)) {
      const call = stepsOf(file).find((step) => step.uses?.includes('/slicewise@'));
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(call?.with ?? {})));
    }
  });
});

describe('the inputs', () => {
  it('turns hostile values into single arguments', () => {
    const env = {
      SLICEWISE_BASELINE: '--help',
      SLICEWISE_CANDIDATE: 'a b"; rm -rf $HOME #.jsonl',
      SLICEWISE_ARGS: '--slice\n  customer name  \r\n\n--floor=0.85\n',
    };
    expect(gateArguments(env, ['--format=github'])).toEqual([
      'gate',
      '--baseline=--help',
      '--candidate=a b"; rm -rf $HOME #.jsonl',
      '--slice',
      'customer name',
      '--floor=0.85',
      '--format=github',
    ]);
  });

  it('runs its own code, or the package where a version is asked for', () => {
    expect(readInputs({}, '/action').main).toBe('/action/dist/cli/main.js');
    expect(readInputs({ RUNNER_TEMP: '/t', SLICEWISE_VERSION: '1.2.3' }, '/action').main).toBe(
      '/t/slicewise-package/node_modules/slicewise/dist/cli/main.js',
    );
  });

  it('refuses a word that it does not know', () => {
    expect(() => readInputs({ SLICEWISE_REVIEW: 'ignore' }, '/')).toThrow(
      'input review is "ignore", must be fail or warn',
    );
    expect(readInputs({ SLICEWISE_COMMENT: 'false' }, '/').comment).toBe(false);
  });
});

describe('the findings of a night', () => {
  it('lists what somebody must know of, whatever the order, without a number that moves', () => {
    const slices = [
      { id: 'b', verdict: 'REVIEW', grade: 'suspected' },
      { id: 'a', verdict: 'BLOCK', grade: 'confirmed' },
      { id: 'c', verdict: 'PASS', grade: 'undecided' },
      { id: 'd', verdict: 'LOW-N', grade: null },
      { id: 'e', verdict: null, grade: null },
    ] as const;
    const findings = [{ check: 'configured-slices', slice: null, verdict: 'BLOCK' }] as const;
    const lines = findingLines({ verdict: 'BLOCK', slices, findings });
    expect(lines.split('\n')).toEqual([
      '["finding","configured-slices",null,"BLOCK"]',
      '["release","BLOCK"]',
      '["slice","a","BLOCK","confirmed"]',
      '["slice","b","REVIEW","suspected"]',
      '',
    ]);
    expect(findingLines({ verdict: 'BLOCK', slices: slices.toReversed(), findings })).toBe(lines);
  });

  it('is one line for a clean release, as the nightly workflow expects of the first night', () => {
    const clean = findingLines({ verdict: 'PASS', slices: [], findings: [] });
    expect(clean).toBe('["release","PASS"]\n');
    const nightly = stepsOf('examples/github/slicewise-nightly.yml').map((step) => step.run ?? '');
    expect(nightly.join('')).toContain(`printf '${clean.trimEnd()}\\n' > last-findings.txt`);
  });
});

describe('the comment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('finds the pull request of an event', () => {
    expect(pullRequestOf({ pull_request: { number: 7 } })).toBe(7);
    expect(pullRequestOf({ pull_request: { number: '7; rm' } })).toBeNull();
    expect(pullRequestOf({})).toBeNull();
    expect(pullRequestOf(null)).toBeNull();
  });

  it('is found again by the first line of every report', () => {
    expect(MARKER).toBe(MARKDOWN_MARKER);
  });

  it.each([
    [
      'updates the comment that is there',
      '4711\n',
      'repos/o/r/issues/comments/4711 --method PATCH --silent --input -',
    ],
    ['makes one where there is none', '', 'repos/o/r/issues/7/comments --silent --input -'],
  ])('%s, with the body on standard input', (_name, found, call) => {
    const { calls, bodies } = withGh(`printf '%s' '${found}'`);
    expect(postComment({ repository: 'o/r', pullRequest: 7 }, `${MARKER}\nit is \`$(id)\`\n`)).toBeNull();
    expect(calls()[1]).toBe(`api ${call}`);
    expect(JSON.parse(bodies())).toEqual({ body: `${MARKER}\nit is \`$(id)\`\n` });
  });

  it('says why it could not be posted', () => {
    withGh('echo "HTTP 403: Resource not accessible by integration" >&2; exit 1');
    expect(postComment({ repository: 'o/r', pullRequest: 7 }, 'x')).toBe(
      'HTTP 403: Resource not accessible by integration',
    );
  });

  /** Puts a `gh` first in the path that notes its arguments and input and answers with the given shell text. */
  function withGh(answer: string) {
    const folder = mkdtempSync(join(tmpdir(), 'slicewise-gh-'));
    writeFileSync(
      join(folder, 'gh'),
      `#!/bin/sh\nprintf '%s\\n' "$*" >> '${folder}/calls'\ncat >> '${folder}/bodies'\n${answer}\n`,
    );
    chmodSync(join(folder, 'gh'), 0o755);
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    return {
      calls: () => readFileSync(join(folder, 'calls'), 'utf8').split('\n'),
      bodies: () => readFileSync(join(folder, 'bodies'), 'utf8'),
    };
  }
});
