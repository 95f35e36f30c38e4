/** What every model of this folder takes and gives. */

/** The answer of a model for one row. */
export interface Prediction {
  readonly label: string;
  /** Probabilities by class, in the order of the model's labels (code point order); sum 1. */
  readonly probabilities: Float64Array;
}

/** One input of a model: a value per row. Texts are cut into n-grams; categories are taken whole; numbers by their tenth. */
export type FeatureColumn =
  | { readonly kind: 'text'; readonly name: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'category'; readonly name: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'number'; readonly name: string; readonly values: ArrayLike<number | null> };

/** How a text classifier learns. Whatever is left out has the value of `CLASSIFIER_DEFAULTS`. */
export interface ClassifierOptions {
  /** Shortest and longest run of words that is a feature; null for none. */
  readonly words: readonly [number, number] | null;
  /** Shortest and longest run of characters within a word (with its borders) that is a feature; null for none. */
  readonly characters: readonly [number, number] | null;
  /** Rows that a feature must stand in, at least 1. */
  readonly minRows: number;
  /** Features kept, the most frequent first. */
  readonly maxFeatures: number;
  /** 1 + ln(count) in place of the count of a feature in a text. */
  readonly sublinear: boolean;
  /** How much the data may say against the pull towards zero: the C of scikit-learn, above 0. */
  readonly strength: number;
  /** Passes over the training rows. */
  readonly passes: number;
  /** `balanced`: every class weighs the same, whatever its number of rows. */
  readonly classWeight: 'none' | 'balanced';
  /** `up` repeats rows of small classes until all have as many as the largest; `down` drops rows until all have as few as the smallest. */
  readonly sample: 'none' | 'up' | 'down';
  /** Fitted on scores of rows that the model did not see: one temperature, or Platt's line (two classes only). */
  readonly calibrate: 'none' | 'temperature' | 'platt';
  /** Whole number from 0 to 2^53 - 1: order of rows, sampling and folds. */
  readonly seed: number;
}

/** Options as a caller gives them. */
export type GivenClassifierOptions = Partial<ClassifierOptions>;

/** Rows that a fold keeps apart. */
export interface FoldOptions {
  /** From 2. */
  readonly folds: number;
  /** Rows of one group stay in one fold; null where every row is its own. */
  readonly groups?: readonly string[] | null;
}

/** Predictions for rows by models that never saw them. */
export interface CrossFitted {
  /** Code point order. */
  readonly labels: readonly string[];
  /** One per row, in their order. */
  readonly predictions: readonly Prediction[];
  /** Which fold each row was held out in. */
  readonly fold: Int32Array;
}

/** A feature and how far it moves the odds of a class. */
export interface WeighedFeature {
  /** The column it comes from. */
  readonly column: string;
  /** A word, words with blanks between, characters, a category, or a range of numbers. */
  readonly feature: string;
  /** Log-odds per unit of the feature (in a text of one word, its whole effect), against the average class. */
  readonly weight: number;
}
