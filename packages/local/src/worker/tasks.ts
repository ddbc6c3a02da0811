/**
 * What worker threads can run. Each module default-exports a `TaskHandler` and is imported on the first job of its
 * name, so a thread holds only the models it was asked for.
 */
export const tasks = {
  detect: () => import('../detect/detect-task.ts'),
  shapes: () => import('../detect/shape/shape-task.ts'),
  text: () => import('../detect/text/text-task.ts'),
  segment: () => import('../segment/segment-task.ts'),
  remove: () => import('../remove/remove-task.ts'),
  adjust: () => import('../adjust/adjust-task.ts'),
};

export type TaskName = keyof typeof tasks;
