/** Questions about queues, tags, comments and decisions of people. */

export type WorkEndpoints = {};
