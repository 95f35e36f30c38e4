/** Questions about classification: classes, confusions, calibration, thresholds. */

export type ClassEndpoints = {};
