import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../test/read-xml.ts';
import {
  ARTICLE_BLOCK,
  ARTICLE_PASS,
  FIXTURES,
  finding,
  HOSTILE,
  HOSTILE_NAMES,
  hostile,
  MANY_SLICES,
  REVIEW,
  report,
  SINGLE_RUN,
  slice,
} from '../../test/report-fixtures.ts';
import { InternalError } from '../errors.ts';
import { CSV_HEADER, FORMATS, renderReport, renderStepSummary } from './index.ts';

const names = fc.array(
  fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...HOSTILE_NAMES)),
  { minLength: 1, maxLength: 6 },
);
const once = { numRuns: 60 };
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not come out
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

describe('every format', () => {
  test('lets no terminal control and no lone surrogate through', () => {
    fc.assert(
      fc.property(names, (some) => {
        for (const format of FORMATS) {
          const text = renderReport(hostile(some), format);
          expect(CONTROLS.test(text), format).toBe(false);
          expect(text.isWellFormed(), format).toBe(true);
        }
      }),
      once,
    );
  });

  test('gives the same bytes for the same document', () => {
    for (const format of FORMATS) {
      expect(renderReport(structuredClone(REVIEW), format)).toBe(renderReport(REVIEW, format));
    }
  });
});

describe('json', () => {
  test('is the document', () => {
    for (const document of Object.values(FIXTURES)) {
      const text = renderReport(document, 'json');
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
      expect(text.endsWith('}\n')).toBe(true);
    }
  });

  test('orders keys by the schema, whatever order they were set in', () => {
    const reversed = Object.fromEntries(Object.entries(REVIEW).reverse()) as unknown as typeof REVIEW;
    expect(renderReport(reversed, 'json')).toBe(renderReport(REVIEW, 'json'));
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d, naming the place', (pValue) => {
    const broken = report([slice('a', 30, 20, 1, 1, { pValue })]);
    expect(() => renderReport(broken, 'json')).toThrow(InternalError);
    expect(() => renderReport(broken, 'json')).toThrow('report.slices[0].pValue');
  });
});

describe('junit', () => {
  const outcomes = (document: typeof REVIEW): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readXml(renderReport(document, 'junit'))
        .children.flatMap((suite) => suite.children)
        .map((test) => [test.attributes.name!, test.children[0]?.name ?? 'none']),
    );

  test('fails for BLOCK and REVIEW, skips LOW-N, passes the rest', () => {
    expect(outcomes(REVIEW)).toMatchObject({
      'safe to ship': 'failure',
      refund_flow: 'failure',
      card_dispute: 'system-out',
      escalation_route: 'system-out',
      invoice_parse: 'system-out',
      gift_card: 'skipped',
      pairing: 'failure',
      'rerun-churn': 'skipped',
    });
  });

  test('is red exactly when the exit code is not 0', () => {
    for (const document of Object.values(FIXTURES)) {
      const { attributes } = readXml(renderReport(document, 'junit'));
      const isRed = Number(attributes.failures) + Number(attributes.errors) > 0;
      expect(isRed, document.ship.text).toBe(document.exitCode !== 0);
    }
  });

  test('an INVALID slice and a run without baseline are errors', () => {
    const invalid = report([slice('a', 30, 20, 1, 1, { verdict: 'INVALID' })], {
      verdict: 'INVALID',
      exitCode: 4,
    });
    expect(outcomes(invalid)).toEqual(expect.objectContaining({ a: 'error', 'safe to ship': 'error' }));
    expect(outcomes(SINGLE_RUN)).toMatchObject({ 'safe to ship': 'error', refund_flow: 'skipped' });
  });

  test('counts what it holds', () => {
    const root = readXml(renderReport(REVIEW, 'junit'));
    for (const suite of root.children) {
      expect(Number(suite.attributes.tests)).toBe(suite.children.length);
      const failures = suite.children.filter((test) => test.children[0]?.name === 'failure');
      expect(Number(suite.attributes.failures)).toBe(failures.length);
    }
  });

  test('is well-formed XML 1.0 whatever the names are', () => {
    fc.assert(
      fc.property(names, (some) => {
        expect(readXml(renderReport(hostile(some), 'junit')).name).toBe('testsuites');
      }),
      once,
    );
  });
});

describe('csv', () => {
  const read = (text: string): Record<string, string>[] =>
    parse(text, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];

  test('has a row per slice and metric with unrounded numbers', () => {
    const rows = read(renderReport(ARTICLE_BLOCK, 'csv'));
    expect(rows).toHaveLength(ARTICLE_BLOCK.slices.length);
    const { delta, pValue, value, n } = rows[0]!;
    expect([value, n, Number(delta), Number(pValue)]).toEqual(['refund_flow', '47', -7 / 47, 0.0078125]);
    expect(Object.keys(rows[0]!)).toEqual(CSV_HEADER);
  });

  test('gives every name back once its apostrophe is taken away', () => {
    fc.assert(
      fc.property(names, (some) => {
        const rows = read(renderReport(hostile(some), 'csv'));
        for (const [index, name] of some.entries()) {
          const cell = rows[index]!.value!;
          expect(cell).not.toMatch(/^[=+\-@\t\r]/);
          if (!CONTROLS.test(name) && name.isWellFormed())
            expect(cell.replace(/^'/, '')).toBe(name.replace(/^''/, "'"));
        }
      }),
      once,
    );
  });
});

describe('sarif', () => {
  interface Log {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly suppressions?: readonly unknown[];
      }[];
    }[];
  }
  const read = (document: typeof REVIEW): Log['runs'][number] =>
    (JSON.parse(renderReport(document, 'sarif')) as Log).runs[0]!;

  test('holds blocks as errors, reviews as warnings, waived blocks as suppressed', () => {
    const { results } = read(REVIEW);
    expect(
      results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions !== undefined]),
    ).toEqual([
      ['slice/REVIEW', 'warning', false],
      ['slice/BLOCK', 'error', true],
      ['check/flaky-trials', 'note', false],
      ['check/pairing', 'warning', false],
    ]);
  });

  test('names only rules that it declares', () => {
    for (const document of Object.values(FIXTURES)) {
      const run = read(document);
      const known = new Set(run.tool.driver.rules.map(({ id }) => id));
      expect(run.results.every(({ ruleId }) => known.has(ruleId))).toBe(true);
    }
  });

  test('keeps a fingerprint when the numbers change, and has one per slice', () => {
    const [first] = read(ARTICLE_BLOCK).results;
    const later = report([{ ...ARTICLE_BLOCK.slices[0]!, lost: 9, adjustedPValue: 0.001 }]);
    expect(read(later).results[0]!.partialFingerprints).toEqual(first!.partialFingerprints);
    const all = read(HOSTILE).results.map(({ partialFingerprints }) => partialFingerprints['slicewise/v1']);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('markdown', () => {
  test('opens with the marker and the two answers', () => {
    expect(renderReport(ARTICLE_BLOCK, 'markdown').split('\n').slice(0, 2)).toEqual([
      '<!-- slicewise -->',
      '**Ship?** BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)  ',
    ]);
  });

  test('lets no name out of its cell', () => {
    fc.assert(
      fc.property(names, (some) => {
        const text = renderReport(hostile(some), 'markdown');
        expect(text).not.toMatch(/<(?!\/?(?:details|summary|code)>|!-- slicewise -->)/);
        const rows = text.split('\n').filter((line) => line.startsWith('| '));
        expect(rows.every((line) => line.split('|').length === 12)).toBe(true);
      }),
      once,
    );
  });

  test('wakes no mention, reference or link in running text', () => {
    const text = renderReport(
      report([], { ship: { text: '@team #12 GH-7 https://example.com www.example.com [a](b) `x` <b>' } }),
      'markdown',
    );
    expect(text.split('\n')[1]).toBe(
      '**Ship?** @&#8203;team #&#8203;12 GH-&#8203;7 https:&#8203;//example.com www&#8203;.example.com &#91;a&#93;(b) &#96;x&#96; &lt;b&gt;  ',
    );
  });

  test('stays below 60,000 characters and says what it left out', () => {
    const many = report(
      Array.from({ length: 3000 }, (_, index) =>
        index < 40
          ? slice(`bad ${index} ${'|'.repeat(200)}`, 47, 43, 7, 0, { verdict: 'BLOCK', grade: 'confirmed' })
          : slice(`slice ${index}`, 47, 43, 1, 0),
      ),
    );
    const text = renderReport(many, 'markdown');
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text).toMatch(/Left out: \d+ rows of the gated slices/);
    expect(text).toContain('bad 0 ');
    expect(text).toContain('| _not gated_ | _mean (weighted)_ |');
  });
});

describe('github', () => {
  test('escapes what the runner reads', () => {
    const document = report(
      [
        slice('a,b:c%', 47, 43, 7, 0, {
          verdict: 'BLOCK',
          grade: 'confirmed',
          reason: '50% worse\n::error::x',
        }),
      ],
      { verdict: 'BLOCK', exitCode: 1, ship: { text: 'BLOCK: 5% of a' } },
    );
    expect(renderReport(document, 'github').split('\n')).toEqual([
      '::error title=slicewise::BLOCK: 5%25 of a',
      '::error title=BLOCK a%2Cb%3Ac%25::50%25 worse\\n::error::x (-14.9 points, 95%25 interval -25.6..-3.0, n 47)',
      '',
    ]);
  });

  test('speaks only when something is wrong', () => {
    expect(renderReport(ARTICLE_PASS, 'github')).toBe('');
  });

  test('gives at most ten lines of a kind and counts the rest', () => {
    const findings = Array.from({ length: 30 }, (_, index) =>
      finding(`check-${index}`, 'data', 'REVIEW', 'look'),
    );
    const lines = renderReport(report([], { verdict: 'REVIEW', exitCode: 3, findings }), 'github')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('::warning title=slicewise::22 more of this kind; see the report');
  });

  test('summaries stay below 1 MiB', () => {
    const many = report(
      MANY_SLICES.slices.flatMap((row) =>
        Array.from({ length: 60 }, () => ({ ...row, value: '日'.repeat(300) })),
      ),
    );
    expect(Buffer.byteLength(renderStepSummary(many))).toBeLessThan(1024 * 1024);
  });
});
