/** Lines on a square of 16, drawn with round ends. */
export const icons = {
  check: 'M3 8.5l3.2 3.2L13 4.8',
  warning: 'M8 2.2l6.2 11H1.8zM8 6.6v3M8 11.6v.1',
  question: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1M8 11.2v.1',
  undo: 'M5.5 3L2.5 6l3 3M2.8 6h6.4a3.6 3.6 0 0 1 0 7.2H6',
  outline: 'M4 2.5h1.5M8 2.5h1.5M12 2.5h1.5V4M13.5 7v2M13.5 12v1.5H12M9 13.5H7M4 13.5H2.5V12M2.5 9V7M2.5 4V2.5',
  grow: 'M9.5 2.5h4v4M13.2 2.8L9.5 6.5M6.5 13.5h-4v-4M2.8 13.2l3.7-3.7',
  shrink: 'M13.5 6.5h-4v-4M9.8 6.2l3.7-3.7M2.5 9.5h4v4M6.2 9.8l-3.7 3.7',
  arrows: 'M6 4L2.5 8 6 12M10 4l3.5 4L10 12',
} as const;
