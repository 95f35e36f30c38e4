export { type Association, cramersV } from './cramers-v.ts';
export { shapleyValues } from './shapley.ts';
