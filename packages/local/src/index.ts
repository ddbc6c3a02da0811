// The public API of @atelier/local: named exports only.
export { type LocalOptions, local } from './local.ts';
export { type AnswerReason, createPlanner as planner, planRequest, type RequestPlan } from './planner/index.ts';
