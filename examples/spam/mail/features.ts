/** What can be said of a mail without reading its words: the columns that a report can slice by. */

import { mailTimestamp } from './date.ts';
import type { MailParts } from './parts.ts';

export interface MailFeatures {
  /** Subject header as it came, at most 120 characters. */
  readonly subject: string;
  readonly timestamp: string | null;
  readonly from_kind:
    | 'webmail'
    | 'commercial'
    | 'network'
    | 'organisation'
    | 'education'
    | 'country'
    | 'other'
    | 'none';
  readonly content_type: 'plain' | 'html' | 'multipart' | 'other' | 'none';
  readonly is_list: boolean;
  readonly is_reply: boolean;
  readonly has_link: boolean;
  readonly has_html: boolean;
  /** Characters of the body. */
  readonly length: number;
}

const SUBJECT_LIMIT = 120;

const WEBMAIL =
  /(?:^|\.)(?:hotmail|yahoo|aol|msn|excite|lycos|netscape|mail|gmx|eudoramail|juno|netzero|earthlink)\./;

export function describeMail({ headers, body }: MailParts): MailFeatures {
  const subject = headers.get('subject') ?? '';
  return {
    subject: [...subject].slice(0, SUBJECT_LIMIT).join(''),
    timestamp: mailTimestamp(headers.get('date')),
    from_kind: senderKind(headers.get('from') ?? ''),
    content_type: contentKind(headers.get('content-type')),
    is_list:
      headers.has('list-id') ||
      headers.has('list-unsubscribe') ||
      headers.has('mailing-list') ||
      /^(?:list|bulk)$/i.test(headers.get('precedence') ?? ''),
    is_reply: headers.has('in-reply-to') || /^re:/i.test(subject),
    has_link: /https?:\/\//i.test(body),
    has_html: /<(?:html|body|table|font|a)\b/i.test(body),
    length: body.length,
  };
}

/**
 * The kind of domain that a mail claims to come from.
 *
 * @example senderKind('"A. Person" <a@cs.example.edu>') // 'education'
 */
export function senderKind(from: string): MailFeatures['from_kind'] {
  const domain = /@([a-z0-9.-]+\.([a-z]{2,}))/i.exec(from.toLowerCase());
  if (!domain) return 'none';
  if (WEBMAIL.test(domain[1]!)) return 'webmail';
  switch (domain[2]) {
    case 'com':
    case 'biz':
      return 'commercial';
    case 'net':
      return 'network';
    case 'org':
      return 'organisation';
    case 'edu':
      return 'education';
    default:
      return domain[2]!.length === 2 ? 'country' : 'other';
  }
}

function contentKind(header: string | undefined): MailFeatures['content_type'] {
  if (header === undefined) return 'none';
  const type = header.toLowerCase();
  if (type.startsWith('text/plain')) return 'plain';
  if (type.startsWith('text/html')) return 'html';
  return type.startsWith('multipart/') ? 'multipart' : 'other';
}
