import { expect, it } from "vitest";
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
