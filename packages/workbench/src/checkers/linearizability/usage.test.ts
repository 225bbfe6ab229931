import fc from "fast-check";
import { expect, it } from "vitest";
import { Usages } from "./usage.ts";

it("usages count kinds, and compare as counts do", () => {
  const kinds = fc.array(fc.nat(5), { maxLength: 8 });
  fc.assert(
    fc.property(kinds, kinds, fc.boolean(), (first, second, forgets) => {
      const usages = new Usages();
      const make = (all: readonly number[]) => all.reduce((usage, kind) => usages.plus(usage, kind), 0);
      let [a, b] = [make(first), make(second)];
      if (forgets) {
        make([9, ...first]);
        const numbers = usages.keepOnly([b, a]);
        [a, b] = [numbers.get(a) ?? -1, numbers.get(b) ?? -1];
        expect(usages.count).toBe(new Set([0, a, b]).size);
      }
      const count = (all: readonly number[], kind: number) => all.filter((each) => each === kind).length;
      for (let kind = 0; kind < 6; kind++) expect(usages.used(a, kind)).toBe(count(first, kind));
      expect(usages.total(a)).toBe(first.length);
      const isWithin = [0, 1, 2, 3, 4, 5].every((kind) => count(first, kind) <= count(second, kind));
      expect(usages.within(a, b)).toBe(isWithin);
      expect(a === b).toBe(first.toSorted().join() === second.toSorted().join());
      expect(make(second)).toBe(b);
    }),
    { numRuns: 2000 },
  );
});
