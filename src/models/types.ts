/** What every model of this folder takes and gives. */

/** The answer of a model for one row. */
export interface Prediction {
  readonly label: string;
  /** Probabilities by class, in the order of the model's labels (code point order); sum 1. */
  readonly probabilities: Float64Array;
}
