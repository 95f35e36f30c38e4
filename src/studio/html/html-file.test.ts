import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMBEDDED_ID, type EmbeddedDocument } from '../contract/embedded.ts';
import { htmlFile } from './html-file.ts';

const CODE = 'const tag = "<b></body>";';
const TEMPLATE = `<!doctype html><html><head><meta charset="utf-8" /><script type="module">${CODE}</script></head><body><div id="root"></div></body></html>`;
const DOCUMENT = { notices: [], command: 'slicewise studio a b', home: '/verdict', hidden: [] };

const fileOf = (
  answers: Readonly<Record<string, unknown>>,
  text = '',
  document: Omit<EmbeddedDocument, 'answers'> = DOCUMENT,
) =>
  htmlFile({
    template: TEMPLATE,
    document,
    answers: new Map(Object.entries(answers).map(([key, answer]) => [key, JSON.stringify(answer)])),
    text,
  });

/** What a browser reads as the content of the element: everything up to the first end tag. */
function embeddedIn(file: string): EmbeddedDocument {
  const start = `<script id="${EMBEDDED_ID}" type="application/json">`;
  const from = file.indexOf(start) + start.length;
  return JSON.parse(file.slice(from, file.indexOf('</script', from)));
}

const ATTACKS = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]>',
  '\u2028\u2029\u0000\u001b[31m\u202e',
  '\ud800',
  '$& $1 $`',
  '</SCRIPT >',
];

describe('a file of answers', () => {
  it('holds them as they were, whatever they say', () => {
    const answers = Object.fromEntries(
      ATTACKS.map((text, i) => [`slice {"id":${JSON.stringify(text)}}`, { text, i }]),
    );
    const file = fileOf(answers, ATTACKS.join('\n'), {
      ...DOCUMENT,
      notices: ATTACKS,
      command: ATTACKS.join(' '),
    });
    const read = embeddedIn(file);
    expect(Object.keys(read.answers)).toEqual(Object.keys(answers));
    expect(Object.values(read.answers).map((one) => (one as { text: string }).text.toWellFormed())).toEqual(
      ATTACKS.map((text) => text.toWellFormed()),
    );
    expect(read.notices).toEqual(ATTACKS.map((text) => JSON.parse(JSON.stringify(text))));
  });

  it('has no script of anybody else', () => {
    const file = fileOf({ a: ATTACKS, [ATTACKS[0]!]: 1 }, ATTACKS.join('\n'));
    expect(file.match(/<script/gi)).toHaveLength(2);
    expect(file.match(/<\/script/gi)).toHaveLength(2);
    for (const character of ['\u2028', '\u2029', '\0', '\u001b']) expect(file).not.toContain(character);
  });

  it.each(ATTACKS)('is read back whatever its texts are: %j', (text) => {
    expect(embeddedIn(fileOf({ [text]: text })).answers).toEqual({
      [text]: JSON.parse(JSON.stringify(text)),
    });
  });

  it('is read back for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const file = fileOf({ x: { text } }, text);
        expect((embeddedIn(file).answers.x as { text: string }).text.toWellFormed()).toBe(
          text.toWellFormed(),
        );
        expect(file.match(/<script/gi)).toHaveLength(2);
      }),
    );
  });

  it('lets only its own script run, and asks nobody', () => {
    const file = fileOf({});
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(file)?.[1];
    const hash = createHash('sha256').update(CODE).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(file.indexOf('content-security-policy')).toBeLessThan(file.indexOf('<script'));
  });

  it('says the report to those who run no scripts', () => {
    expect(fileOf({}, 'Ship? <b>BLOCK</b>')).toContain(
      '<noscript><pre>Ship? &#60;b&#62;BLOCK&#60;/b&#62;</pre></noscript>',
    );
  });

  it('is not made of something else', () => {
    expect(() =>
      htmlFile({ template: '<html></html>', document: DOCUMENT, answers: new Map(), text: '' }),
    ).toThrow('the page of HTML reports is not as it was built');
  });
});
