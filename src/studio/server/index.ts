/** The studio's server: the one place of Slicewise that listens. */
export type { Access } from './access.ts';
export { type Studio, type StudioOptions, startStudio } from './listen.ts';
