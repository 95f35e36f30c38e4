import { describe, expect, it } from 'vitest';
import { commaHint, passComplaint, scoreComplaint } from './cell-complaints.ts';

describe('the hint about commas', () => {
  it.each([
    [['0,026', '0,9'], 'decimal comma: write 0.026 for "0,026"'],
    [[',5'], 'decimal comma: write 0.5 for ",5"'],
    [['1.234,5'], 'decimal comma: write 1234.5 for "1.234,5"'],
    [['0,5', '1'], 'decimal comma: write 0.5 for "0,5"'],
    [['1,234', '12,345,678'], 'part thousands by commas: write 1234 for "1,234"'],
  ])('says of %j: %s', (found, part) => {
    expect(commaHint(found)).toContain(part);
  });

  it.each([[['good']], [['1;2']], [['0,5', 'good']], [['7']], [[]]])('is silent about %j', (found) => {
    expect(commaHint(found)).toBeNull();
  });
});

describe('what is said of cells', () => {
  it('names a few texts and counts the others', () => {
    expect(scoreComplaint('score', ['a', 'b', 'c', 'd', 'e']).message).toBe(
      '"score" is "a", "b", "c" or one of 2 other texts, expected a decimal number, or empty for unscored',
    );
  });

  it('offers words where the column holds few texts, and another column where it holds many', () => {
    expect(passComplaint('bestanden', ['erfüllt', 'verfehlt']).hint).toContain('--pass-words');
    const many = Array.from({ length: 9 }, (_, i) => `text ${i}`);
    expect(passComplaint('note', many).hint).toBe(
      'map the column that says whether the case passed with --map passed=COLUMN',
    );
  });
});
