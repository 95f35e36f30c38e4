import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataElement } from '../../../test/embedded-report.ts';
import type { EmbeddedDocument } from '../contract/embedded.ts';
import { htmlFile } from './html-file.ts';

const CODE = 'const tag = "<b></body>";';
const TEMPLATE = `<!doctype html><html><head><meta charset="utf-8" /><script type="module">${CODE}</script></head><body><div id="root"></div></body></html>`;
const DOCUMENT: EmbeddedDocument = {
  ...{ index: 'eJw=', parts: ['eJxz'], notices: [], command: 'slicewise studio a b' },
  ...{ home: '/verdict', hidden: [] },
};

const fileOf = (document: Partial<EmbeddedDocument>, text = '') =>
  htmlFile({ template: TEMPLATE, document: { ...DOCUMENT, ...document }, text });

const embeddedIn = (file: string): EmbeddedDocument => JSON.parse(dataElement(file));

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
  it('holds what it is given as it was, whatever it says', () => {
    const notices = ATTACKS.map((text) => text.toWellFormed());
    const given = { parts: ['eJyr', 'eJwr'], notices, command: notices.join(' ') };
    expect(embeddedIn(fileOf(given, ATTACKS.join('\n')))).toEqual({ ...DOCUMENT, ...given });
  });

  it('has no script of anybody else', () => {
    const file = fileOf({ notices: ATTACKS, command: ATTACKS[0]! }, ATTACKS.join('\n'));
    expect(file.match(/<script/gi)).toHaveLength(2);
    expect(file.match(/<\/script/gi)).toHaveLength(2);
    for (const character of ['\u2028', '\u2029', '\0', '\u001b']) expect(file).not.toContain(character);
  });

  it('is read back for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const file = fileOf({ command: text }, text);
        expect(embeddedIn(file).command.toWellFormed()).toBe(text.toWellFormed());
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
    expect(() => htmlFile({ template: '<html></html>', document: DOCUMENT, text: '' })).toThrow(
      'the page of HTML reports is not as it was built',
    );
  });
});
