import { describe, expect, it } from 'vitest';
import { mailTimestamp } from './date.ts';
import { describeMail, senderKind } from './features.ts';
import { splitMail } from './parts.ts';

describe('splitting a mail', () => {
  it('joins folded headers, keeps the first of each name and leaves the body alone', () => {
    const { headers, body } = splitMail(
      'From x  Thu\r\nSubject: a\r\n\tb\r\nsubject: c\r\n\r\nHello\r\n\r\nYou',
    );
    expect([...headers]).toEqual([['subject', 'a b']]);
    expect(body).toBe('Hello\r\n\r\nYou');
  });

  it('takes a mail without an empty line as headers alone', () => {
    expect(splitMail('Subject: a').body).toBe('');
    expect(splitMail('').headers.size).toBe(0);
  });

  it('keeps a header that a program might trip over as data', () => {
    const { headers } = splitMail('Subject: =cmd|x\u0000\u001b[31m\n__proto__: y\n\n');
    expect([...headers]).toEqual([['subject', '=cmd|x\u0000\u001b[31m']]);
  });
});

describe('the date of a mail', () => {
  it.each([
    ['Thu, 22 Aug 2002 18:26:25 +0700', '2002-08-22T18:26:25+07:00'],
    ['22 Aug 02 8:05 EDT', '2002-08-22T08:05:00-04:00'],
    ['Wed, 1 Dec 99 00:00:00 GMT (summer)', '1999-12-01T00:00:00+00:00'],
    ['Thu, 22 Aug 2002 18:26:25', null],
    ['Thu, 22 Aug 2002 18:26:25 -1900', null],
    ['Sun, 31 Feb 2002 18:26:25 +0000', null],
    ['Thu, 22 Aug 2002 25:26:25 +0000', null],
    ['yesterday', null],
    [undefined, null],
  ])('reads %j as %j', (header, expected) => {
    expect(mailTimestamp(header)).toBe(expected);
  });
});

describe('the features of a mail', () => {
  it.each([
    ['"A. Person" <a@cs.example.edu>', 'education'],
    ['x@mail.yahoo.co.uk', 'webmail'],
    ['x@Example.ORG', 'organisation'],
    ['x@example.de', 'country'],
    ['x@example.com', 'commercial'],
    ['no address', 'none'],
  ])('sees what kind of sender %j is', (from, kind) => {
    expect(senderKind(from)).toBe(kind);
  });

  it('cuts the subject at 120 characters without breaking one in two', () => {
    const subject = '\u{1f4b0}'.repeat(130);
    expect(describeMail(splitMail(`Subject: ${subject}\n\n`)).subject).toBe('\u{1f4b0}'.repeat(120));
  });

  it('describes a mailing-list reply', () => {
    const text =
      'From: a@b.net\nSubject: Re: x\nPrecedence: bulk\nContent-Type: Text/Plain\n\nsee http://x.org <a href="">';
    expect(describeMail(splitMail(text))).toEqual({
      subject: 'Re: x',
      timestamp: null,
      from_kind: 'network',
      content_type: 'plain',
      is_list: true,
      is_reply: true,
      has_link: true,
      has_html: true,
      length: 28,
    });
  });
});
