import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { articleFiles } from './generate.ts';

describe("the article's files", () => {
  it.each([...articleFiles()])('has %s as the generator writes it', (name, text) => {
    expect(readFileSync(new URL(name, import.meta.url), 'utf8')).toBe(text);
    expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  });
});
