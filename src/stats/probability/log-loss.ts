/** Log loss: the negative log of the probability that was given to what happened. */

/** Probabilities below this count as this, so that one hard 0 does not make the mean infinite: 2^-52, as in scikit-learn. */
export const LOG_LOSS_CLIP = 2 ** -52;

/**
 * Loss in nats of a case whose true label had the probability p, clipped to [2^-52, 1 - 2^-52]: at most 36.04.
 *
 * @param p in [0, 1]
 * @source Good 1952, JRSS B 14:107
 * @example logLossOf(0.5) // 0.6931471805599453
 */
export function logLossOf(p: number): number {
  return -Math.log(Math.min(1 - LOG_LOSS_CLIP, Math.max(LOG_LOSS_CLIP, p)));
}

/** Whether a loss is a clipped one: the true label had next to no probability. */
export function isClippedLoss(loss: number): boolean {
  return loss >= LARGEST_LOSS;
}

const LARGEST_LOSS = -Math.log(LOG_LOSS_CLIP);
