import { describe, expect, it } from 'vitest';
import { documentText } from './document-text.ts';

describe('a text that is no table', () => {
  it.each([
    ['- dirname: a\n  model: "x, y"\n', 'quant.yml', 'is YAML'],
    ['a: 1, 2\nb: 2\n', 'runs.yaml.gz', 'is YAML'],
    ['# scores\n- id: a\n  passed: true\n', 'scores', 'is YAML'],
    ['---\nid: a\n', 'x.txt', 'is YAML'],
    ['runs:\n  - id: a\n', 'runs', 'is YAML'],
    ['# XSTest v2 prompts\n\n- License: CC BY\n', 'SOURCE.md', 'is Markdown'],
    ['Notes, all of them\nand more\n', 'README.md', 'is Markdown'],
    ['<!DOCTYPE html>\n<p>', 'report', 'is a web page or XML'],
  ])('%j in %s', (text, name, what) => {
    expect(documentText(text, ',', name)?.what).toBe(what);
  });
});

describe('a text that may be a table', () => {
  it.each([
    ['id,passed\na,1\n', 'runs.yml'],
    ['# id,passed\na,1\n', 'runs.txt'],
    ['id\na\nb\n', 'ids'],
    ['input\n- first: do this\n- second\n', 'prompts.txt'],
    ['# one column\na\n', 'one.csv'],
    ['question\nwhy: because\n', 'q'],
  ])('%j in %s', (text, name) => {
    expect(documentText(text, ',', name)).toBeNull();
  });
});
