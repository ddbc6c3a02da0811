// The public API of @atelier/local: named exports only.
export { type LocalOptions, local } from './local.ts';
export { createPlanner as planner } from './planner/index.ts';
