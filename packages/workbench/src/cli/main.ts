/** The command `eddy`: finds out which command is meant, runs it, and ends with its exit code. */
import { Command, CommanderError } from "commander";
import { version } from "../run/version.ts";
import { checkCommand } from "./check-command.ts";
import { declareCheckOptions, readCheckOptions } from "./check-options.ts";
import { docCommand } from "./doc-command.ts";
import { exitCodes } from "./exit-codes.ts";
import { declareServeOptions, type ServeRequest, serveCommand } from "./serve-command.ts";
import { testCommand } from "./test-command.ts";
import { declareTestOptions, readTestOptions } from "./test-options.ts";

/**
 * Runs a command line.
 *
 * @param words without the program's own name
 * @returns the exit code
 */
export async function main(words: readonly string[]): Promise<number> {
  let code: number = exitCodes.valid;
  // Whoever reads our output may go away, as head does; the run still ends in good order.
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") return;
    process.stderr.write(`error: what eddy had to say cannot be written: ${error.message}\n`);
    process.exitCode = exitCodes.failed;
    code = exitCodes.failed;
  });
  process.on("uncaughtException", (error) => process.exit(failed(error)));

  const program = new Command("eddy")
    .description("Runs the nodes of a distributed system, breaks their network, and judges what clients saw.")
    .version(version)
    .showHelpAfterError("(eddy --help lists the commands)")
    .exitOverride();
  const test = program
    .command("test")
    .description(
      "Tests a server: starts nodes, lets clients use them, and says whether what they saw was right.",
    )
    .argument(
      "[args...]",
      "what the nodes get as their own arguments; after -- those that begin with a dash, too",
    )
    .showHelpAfterError("(eddy test --help lists the options)")
    .addHelpText("after", testHelp);
  declareTestOptions(test);
  test.action(async (args: string[]) => {
    code = await testCommand(readTestOptions(test, args));
  });
  const check = program
    .command("check")
    .description(
      "Judges a stored run again, also one that did not come to its end, or a history from elsewhere.",
    )
    .argument(
      "<run-or-history>",
      "the folder of a run, such as store/latest; or a history.jsonl, Jepsen's history.edn, or a log with operations",
    )
    .showHelpAfterError("(eddy check --help lists the options)")
    .addHelpText("after", checkHelp);
  declareCheckOptions(check);
  check.action((path: string) => {
    code = checkCommand(readCheckOptions(check, path));
  });
  const show = program
    .command("serve")
    .description(
      "Shows the runs of a store in a browser: the list of them, each with its report, and the one that is going on.",
    )
    .showHelpAfterError("(eddy serve --help lists the options)")
    .addHelpText("after", serveHelp);
  declareServeOptions(show);
  show.action(async () => {
    code = await serveCommand(show.opts<ServeRequest>());
  });
  program
    .command("doc")
    .description(
      "Prints what workloads do, the requests that servers have to answer, and how histories are judged.",
    )
    .argument("[workload]", "one of them; all, when none is named")
    .showHelpAfterError("(eddy --help lists the commands)")
    .action((name: string | undefined) => {
      code = docCommand(name);
    });
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return failed(error);
    return error.exitCode === 0 ? exitCodes.valid : exitCodes.badArguments;
  }
}

function failed(error: unknown): number {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\neddy itself failed; this is a bug of eddy, not of your server:\n${details}\n`);
  return exitCodes.failed;
}

const checkHelp = `
Exit codes: 0 valid, 1 invalid, 2 unknown, 254 when there is nothing that can be judged

Examples:
  eddy check store/latest
  eddy check history.edn --workload broadcast
  eddy check etcd.log --model cas-register --initial null`;

const serveHelp = `
It listens on this machine only, and answers only its own pages: no other page that is open in the browser can read or
delete a run. http://127.0.0.1:8080/latest is the page of the newest run that is complete.

Exit codes: 0 when Ctrl-C (SIGINT) or SIGTERM ends it, 254 when it cannot listen

Examples:
  eddy serve
  eddy serve --port 0 --store /tmp/store`;

const testHelp = `
Exit codes:
  0    valid: everything looks good
  1    invalid: the server did something wrong
  2    unknown: nothing wrong was found, but the run cannot be called good
  130  stopped by Ctrl-C (129 by SIGHUP, 143 by SIGTERM); what was recorded is judged and stored
  254  the command line cannot be carried out
  255  the workbench itself failed

Examples:
  eddy test -w echo --bin bin/maelstrom-echo --node-count 1 --time-limit 10
  eddy test -w echo --bin ./server.ts --nodes a,b,c --concurrency 4n --rate 100
  eddy test -w echo --bin ./server.ts --nemesis partition,kill --nemesis-interval 5

The command lines of Maelstrom run unchanged; its ssh options are accepted and do nothing.`;
