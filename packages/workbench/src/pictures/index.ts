/** `@eddy/workbench/pictures`: what is drawn of a run, and the data that it is drawn from. Runs in a browser, too. */

export * from "./frame.ts";
export * from "./inks.ts";
export * from "./pen.ts";
export * from "./run-data.ts";
export * from "./served.ts";
