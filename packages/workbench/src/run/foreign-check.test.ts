import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { isObject } from "../network/message.ts";
import { readForeignHistory } from "../store/foreign-history.ts";
import { checkForeignHistory, NoSuchModel } from "./foreign-check.ts";

const shared = fileURLToPath(new URL("../../../../../shared", import.meta.url));
const histories = join(shared, "histories");
const runs = join(shared, "original/runs");
const hasShared = existsSync(histories) && existsSync(runs);
const note = hasShared ? "" : " (skipped: there is no folder ../shared)";

const folder = mkdtempSync(join(tmpdir(), "eddy-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function check(text: string, model: string, initial?: unknown) {
  const path = join(folder, "history.edn");
  writeFileSync(path, text);
  return checkForeignHistory(path, { model, ...(initial !== undefined && { initial }) });
}

const operation = (process: number, f: string, asked: string, answered: string) =>
  `{:process ${process} :type :invoke :f :${f} :value ${asked}} {:process ${process} :type :ok :f :${f} :value ${answered}}`;

describe("a history from elsewhere", () => {
  it("is judged with the model and the value that it begins with", () => {
    const text = operation(0, "read", "nil", "0");
    expect(check(text, "register", 0)).toMatchObject({ "valid?": true, model: "register", count: 1 });
    expect(check(text, "register", 1)["valid?"]).toBe(false);
    expect(check(text, "register")["valid?"]).toBe(false);
    expect(check(text, "mutex")["valid?"]).toBe("unknown");
  });

  it("is judged key by key where its values have keys", () => {
    const keyed = operation(0, "write", "[1 5]", "[1 5]") + operation(0, "read", "[2 nil]", "[2 5]");
    expect(check(keyed, "register").failures).toEqual([2]);
    const plain = operation(0, "write", "[1 5]", "[1 5]") + operation(0, "read", "nil", "[1 5]");
    expect(check(plain, "register")).toMatchObject({ "valid?": true });
    expect(check(plain, "register").failures).toBeUndefined();
    const cas = operation(0, "write", "1", "1") + operation(0, "cas", "[1 5]", "[1 5]");
    expect(check(cas, "cas-register")["valid?"]).toBe(true);
    expect(check(operation(0, "cas", "[1 5]", "[1 5]"), "cas-register", 1)["valid?"]).toBe(true);
  });

  it("is not judged with a model that does not exist", () => {
    expect(() => check("", "queue")).toThrow(NoSuchModel);
    expect(() => check("", "queue")).toThrow(
      "there is no model queue, but there are register, cas-register, mutex, multi-register",
    );
  });
});

describe.skipIf(!hasShared)(`histories of real systems${note}`, () => {
  const verdicts: unknown = hasShared
    ? JSON.parse(readFileSync(join(histories, "verdicts.json"), "utf8"))
    : {};
  const cases = isObject(verdicts) ? Object.entries(verdicts) : [];

  it("are all here", () => {
    expect(cases.length).toBeGreaterThan(70);
  });

  it.each(cases)("%s is judged right", (file, expected) => {
    if (!isObject(expected)) throw new Error("verdicts.json has changed");
    const { model, initial, linearizable } = expected;
    const results = checkForeignHistory(join(histories, file), { model: String(model), initial });
    expect(results["valid?"]).toBe(linearizable);
  });
});

describe.skipIf(!hasShared)(`the original's runs${note}`, () => {
  const names = hasShared ? readdirSync(runs) : [];

  it.each(names)("the history of %s can be read", (run) => {
    const path = join(runs, run, "history.edn");
    const history = readForeignHistory(path);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n").length;
    expect(history.map(({ index }) => index)).toEqual(Array.from({ length: lines }, (_, index) => index));
    expect(history.every(({ time }) => time > 0)).toBe(true);
  });

  it.each(names.filter((name) => name.startsWith("lin-kv")))("%s is judged as by the original", (run) => {
    const results = checkForeignHistory(join(runs, run, "history.edn"), { model: "cas-register" });
    const text = readFileSync(join(runs, run, "results.edn"), "utf8");
    expect(results["valid?"]).toBe(!text.includes(":failures [0]"));
    const { linearizable } = results.results?.["0"] ?? {};
    const { op } = linearizable ?? {};
    const index = isObject(op) ? op.index : undefined;
    // The entry that the original names as well.
    const named = / :op \{:process [^}]*?:index (\d+)[^}]*\}\}\s*,?\s*:timeline/.exec(text)?.[1];
    expect(index).toBe(named === undefined ? undefined : Number(named));
  });
});
