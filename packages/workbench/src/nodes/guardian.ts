/**
 * A guardian of the nodes' processes: a small shell that outlives the workbench when that is killed, and then kills what
 * the workbench can no longer stop. It learns of that by the end of its own input.
 */
import { type ChildProcess, spawn } from "node:child_process";

/** Knows the process groups that run; when its input ends without a last word, kills them, and all that carries the mark. */
const script = `
groups=
while read -r word group; do
  case $word in
    add) groups="$groups $group" ;;
    remove)
      rest=
      for each in $groups; do [ "$each" = "$group" ] || rest="$rest $each"; done
      groups=$rest ;;
    done) exit 0 ;;
  esac
done
for group in $groups; do kill -KILL -- "-$group"; done
for environ in $(grep -lsaF -e "$1" /proc/[0-9]*/environ); do
  pid=\${environ#/proc/}
  kill -KILL "\${pid%/environ}"
done
`;

export class Guardian {
  readonly #shell: ChildProcess;

  /** @param mark the beginning of what each process has in its environment that is to go with the workbench: `EDDY_NODE=…` */
  constructor(mark: string) {
    // In a session of its own: Ctrl-C on the terminal is not meant for it.
    this.#shell = spawn("/bin/sh", ["-c", script, "eddy-guardian", mark], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      env: { PATH: process.env.PATH },
      cwd: "/",
    });
    // Without a shell there is no guardian; the run goes on as well without it.
    this.#shell.on("error", () => {});
    this.#shell.stdin?.on("error", () => {});
    this.#shell.unref();
  }

  /** Takes a process group under guard. */
  add(group: number): void {
    this.#say(`add ${group}`);
  }

  /** The group is gone, and its number may be another's soon. */
  remove(group: number): void {
    this.#say(`remove ${group}`);
  }

  /** All is stopped; there is nothing to guard any more. */
  close(): void {
    this.#say("done");
    this.#shell.stdin?.end();
  }

  #say(words: string): void {
    this.#shell.stdin?.write(`${words}\n`);
  }
}
