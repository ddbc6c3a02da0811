export type { AnswerReason } from './decide.ts';
export { planRequest, type RequestPlan } from './plan-request.ts';
export { createPlanner } from './planner.ts';
export type { PlannedStep } from './step.ts';
