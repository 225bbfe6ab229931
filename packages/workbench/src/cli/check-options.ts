/** The options of `eddy check`: what is judged, as what. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { AvailabilityGoal } from "../checkers/availability.ts";
import { isObject } from "../network/message.ts";
import { modelNames } from "../run/foreign-check.ts";
import { workloads } from "../workloads/catalogue.ts";
import type { Workload } from "../workloads/workload.ts";
import { checkerTimeLimitOption, type Format, formatOption } from "./test-options.ts";
import { availability } from "./values.ts";

/** What is to be judged. */
export type CheckRequest = {
  readonly path: string;
  readonly format: Format;
  /** s */
  readonly checkerTimeLimit: number;
} & (
  | { readonly kind: "run" }
  | { readonly kind: "workload"; readonly workload: Workload; readonly availability: AvailabilityGoal }
  | { readonly kind: "model"; readonly model: string; readonly initial: unknown }
);

/** The options as the command line has them. */
interface Words {
  readonly workload?: string;
  readonly model?: string;
  readonly initial?: Json;
  readonly availability?: "total" | number;
  readonly checkerTimeLimit: number;
  readonly format: Format;
}

/** A value that was given as JSON. It is not given bare: the reader of command lines takes a null for nothing at all. */
interface Json {
  readonly value: unknown;
}

/** Declares the options on the command. */
export function declareCheckOptions(command: Command): void {
  command
    .addOption(
      new Option("-w, --workload <name>", "the workload that a history from elsewhere is of").choices([
        ...workloads.keys(),
      ]),
    )
    .addOption(
      new Option("--model <name>", "what the operations of the history were on: it has to be linearizable")
        .choices(modelNames)
        .conflicts("workload"),
    )
    .addOption(
      new Option("--initial <json>", "what the model starts with (default: null, nothing)")
        .argParser(json)
        .conflicts("workload"),
    )
    .addOption(
      new Option(
        "--availability <goal>",
        "with --workload: which part of the operations must end ok: total, or a number from 0 to 1",
      ).argParser(availability),
    )
    .addOption(checkerTimeLimitOption())
    .addOption(formatOption());
}

/** Reads the command's options. What cannot be carried out ends the command with a message. */
export function readCheckOptions(command: Command, given: string): CheckRequest {
  const words = command.opts<Words>();
  const { format, checkerTimeLimit, model, initial, availability: goal } = words;
  const workload = words.workload === undefined ? undefined : workloads.get(words.workload);
  const isRun = existsSync(join(given, "test.json"));
  const path = isRun && !workload && model === undefined ? given : historyIn(given);
  const named = model !== undefined || workload !== undefined;
  if (path === undefined && named)
    return command.error(`error: ${given} holds no history, neither history.jsonl nor history.edn.`);
  const common = { path: path ?? given, format, checkerTimeLimit };
  if (model === "multi-register" && initial !== undefined && !isObject(initial.value))
    command.error("error: a multi-register starts with an object of registers and their values.");
  if (model === "mutex" && initial !== undefined && typeof initial.value !== "boolean")
    command.error("error: a mutex starts with true, when somebody holds it, or with false.");
  if (model !== undefined) return { ...common, kind: "model", model, initial: initial?.value ?? null };
  if (initial !== undefined)
    command.error("error: --initial says what a model starts with: name one with --model.");
  if (workload !== undefined) return { ...common, kind: "workload", workload, availability: goal };
  if (goal !== undefined)
    command.error("error: --availability goes with --workload; a stored run knows what it was asked for.");
  if (isRun) return { ...common, kind: "run" };
  return command.error(
    existsSync(given)
      ? `error: ${given} is no run of eddy's. Say what its history is of: a workload, with --workload, or a model, with --model.`
      : `error: there is no ${given}.`,
  );
}

/** The history in the folder of a run, also of one of the original's; a file is what it is. */
function historyIn(path: string): string | undefined {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const names = ["history.jsonl", "history.edn"];
  return names.map((name) => join(path, name)).find((file) => existsSync(file));
}

function json(word: string): Json {
  try {
    return { value: JSON.parse(word) };
  } catch {
    throw new InvalidArgumentError("It must be JSON: a text is written with quotes in quotes, '\"a\"'.");
  }
}
