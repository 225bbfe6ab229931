/** What a node is to the workbench: lines in, lines out, and ways to end it. A process and a program in memory look alike from here. */

/** A node that has been started. Lines are bytes, one character each. */
export interface Node {
  readonly name: string;
  /** Hands it a line, which ends with a line end. */
  deliver(line: string): void;
  /** Whether so much waits for it to be read that it should get no more. */
  readonly full: boolean;
  /** The last lines that it logged, a few KiB at most. */
  logTail(): string[];
  /** Stops it in the middle of whatever it does, until it is resumed. Its messages wait. */
  pause(): void;
  resume(): void;
  /** Ends it at once, without asking. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends it in good order. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Is told what a node does. */
export interface NodeListener {
  /** A line that it printed on stdout, without the line end. */
  line(line: string): void;
  /** A line that was longer than a line may be, by its beginning. */
  longLine(beginning: string): void;
  /** It is gone, though nobody ended it: "exited with status 3", "was killed by signal SIGSEGV", "could not be started: …" */
  exited(reason: string): void;
}

/** Starts the nodes of a run, one after the other under their names; a name that was killed may be started again. */
export interface NodeStarter {
  start(name: string, listener: NodeListener): Node;
  /** What may be the matter when a node ends at once. */
  readonly hint?: string;
  /** Ends what nodes have left behind. */
  close(): Promise<void>;
}
