/** Words that one set of texts uses more than another: log odds with an informative Dirichlet prior. */

/** Uses of one word. */
export interface WordUse {
  /** Log odds in the first texts minus log odds in the second. */
  readonly logOddsRatio: number;
  /** It in standard errors: what words are ranked by. */
  readonly z: number;
}

/**
 * Log-odds ratio of each word between two sets of texts, pulled to 0 by a prior that is proportional to how common the word is in
 * both together: rare words need more to stand out, and common words are not drowned.
 *
 * @param first uses of each word in the first texts, at least 0 (whole, or shares of them)
 * @param second the same words in the second texts
 * @param strength size of the prior in words, above 0
 * @returns one entry per word; z is 0 for words that neither uses
 * @throws RangeError when lists differ in length, a count is negative or not finite, or strength is not above 0
 * @source Monroe, Colaresi and Quinn 2008, Political Analysis 16:372, equations 16, 19, 20 and 22
 * @example logOddsDirichlet([10, 5], [2, 13], 10)[0].z // 2.8565251779
 */
export function logOddsDirichlet(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  strength: number,
): readonly WordUse[] {
  const words = first.length;
  if (second.length !== words) throw new RangeError(`${words} and ${second.length} words`);
  if (!(strength > 0)) throw new RangeError(`strength is ${strength}, must be above 0`);
  let [n1, n2] = [0, 0];
  for (let word = 0; word < words; word++) {
    for (const count of [first[word]!, second[word]!]) {
      if (!(count >= 0 && Number.isFinite(count))) throw new RangeError(`count of word ${word} is ${count}`);
    }
    n1 += first[word]!;
    n2 += second[word]!;
  }
  return Array.from({ length: words }, (_, word) => {
    const pooled = first[word]! + second[word]!;
    if (pooled === 0) return { logOddsRatio: 0, z: 0 };
    const prior = (strength * pooled) / (n1 + n2);
    const a = first[word]! + prior;
    const b = second[word]! + prior;
    const [others1, others2] = [n1 + strength - a, n2 + strength - b];
    // The only word there is has no odds against others.
    if (others1 === 0 || others2 === 0) return { logOddsRatio: 0, z: 0 };
    const logOddsRatio = Math.log(a / others1) - Math.log(b / others2);
    return { logOddsRatio, z: logOddsRatio / Math.sqrt(1 / a + 1 / b) };
  });
}
