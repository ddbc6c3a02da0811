/** Advisory locks of Postgres, each with a number of its own. */
export const locks = {
  /** The tables change. */
  migrate: 7_283_460_193,
  /** DBOS makes its tables. */
  launch: 7_283_460_196,
  /** Jobs are released. */
  release: 7_283_460_194,
  /** What nobody needs is deleted. */
  cleanUp: 7_283_460_195,
} as const;
