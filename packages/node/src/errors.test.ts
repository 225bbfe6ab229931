import { expect, expectTypeOf, it } from "vitest";
import { errorCodes, isDefinite, RPCError } from "./errors.ts";

it("takes timeouts, crashes and all that the protocol does not define for indefinite", () => {
  const indefinite = [errorCodes.timeout, errorCodes.crash, 2, 15, 999, 1000, -1, 1.5];
  expect(indefinite.map(isDefinite)).toEqual(indefinite.map(() => false));
  const definite = [1, 10, 11, 12, 14, 20, 21, 22, 30];
  expect(definite.map(isDefinite)).toEqual(definite.map(() => true));
});

it("carries code and text", () => {
  const error = new RPCError(errorCodes.abort, "no quorum");
  expect(error).toMatchObject({ name: "RPCError", code: 14, message: "no quorum", definite: true });
  expect(error).toBeInstanceOf(Error);
  expect(() => new RPCError(Number.NaN, "")).toThrow("an error code is an integer, not NaN");
});

it("has a constructor with the name of each code", () => {
  for (const [name, code] of Object.entries(errorCodes)) {
    const make: unknown = Reflect.get(RPCError, name);
    const error: unknown = typeof make === "function" ? Reflect.apply(make, RPCError, ["why"]) : undefined;
    expect(error).toBeInstanceOf(RPCError);
    expect(error).toMatchObject({ name: "RPCError", code, message: "why", definite: isDefinite(code) });
  }
});

it("can be subclassed: each class makes errors of its own", () => {
  class Refusal extends RPCError {
    readonly polite = true;
  }
  const error = Refusal.abort("no, thank you");
  expectTypeOf(error).toEqualTypeOf<Refusal>();
  expect(error).toBeInstanceOf(RPCError);
  expect(error).toMatchObject({ name: "Refusal", code: 14, polite: true, definite: true });
  class Short extends RPCError {
    constructor(text: string) {
      super(1000, text);
    }
  }
  // @ts-expect-error its constructor takes no code
  expect(() => Short.abort("x")).not.toThrow();
});
