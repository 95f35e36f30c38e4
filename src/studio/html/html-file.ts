/** Puts answers into the built page: one HTML file that asks nobody, with a policy that lets only its own script run. */

import { createHash } from 'node:crypto';
import { InternalError } from '../../errors.ts';
import { EMBEDDED_ID, type EmbeddedDocument } from '../contract/embedded.ts';
import { escaped } from '../escaped.ts';

/** What a file is made of. */
export interface HtmlFileParts {
  /** The built page, with script and styles inside. */
  readonly template: string;
  readonly document: EmbeddedDocument;
  /** Plain text for readers whose browser runs no scripts. */
  readonly text: string;
}

/**
 * The file as text.
 *
 * @throws InternalError where the template is not the built page
 */
export function htmlFile({ template, document, text }: HtmlFileParts): string {
  const scripts = [...template.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
  const end = template.lastIndexOf('</body>');
  const charset = /<meta charset="utf-8"\s*\/?>/i.exec(template);
  if (scripts.length === 0 || end < 0 || charset === null) {
    throw new InternalError({ message: 'the page of HTML reports is not as it was built' });
  }
  const top = charset.index + charset[0].length;
  return [
    template.slice(0, top),
    `<meta http-equiv="content-security-policy" content="${policyOf(scripts)}">`,
    template.slice(top, end),
    `<noscript><pre>${escaped(text)}</pre></noscript>`,
    `<script id="${EMBEDDED_ID}" type="application/json">${dataText(document)}</script>\n`,
    template.slice(end),
  ].join('');
}

/** Only these very scripts run, and nothing is fetched from anywhere. */
function policyOf(scripts: readonly string[]): string {
  const hashes = scripts.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** JSON inside of a script element: `<` is spelled so that no text can end the element or open another. */
function dataText(document: EmbeddedDocument): string {
  return JSON.stringify(document).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
