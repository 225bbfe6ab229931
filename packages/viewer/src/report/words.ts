/** The letters of columns as words. */

/** How an operation ended. */
export const endings: Readonly<Record<string, string>> = {
  o: "ok",
  f: "fail",
  i: "info",
  "?": "had not ended when the run did",
};

/** What became of a message. */
export const fates: Readonly<Record<string, string>> = {
  a: "arrived",
  l: "lost",
  p: "lost in a partition",
  d: "lost, its receiver was down",
  f: "lost, too much was waiting for its receiver",
  u: "under way at the end",
};
