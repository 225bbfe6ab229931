/**
 * Randomness from one seed. Each part of a run draws from a stream of its own, found by name, so that one more draw in
 * one part does not change what another part gets.
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number;
  /** A whole number, uniform in 0 … `bound` - 1. */
  integer(bound: number): number;
  /** Exponentially distributed, with the given mean. */
  exponential(mean: number): number;
}

/** Seeds are whole numbers from 0 up to and without this one. */
export const seedBound = 2 ** 32;

/** The stream of a seed that has this name. The same seed and name give the same numbers, always. */
export function randomStream(seed: number, name: string): Random {
  const generator = xoroshiro128plus(hash(`${seed} ${name}`));
  const float = (): number => uniformFloat64(generator);
  return {
    float,
    integer: (bound) => Math.floor(float() * bound),
    // 1 - float() is never 0, whose logarithm is infinite.
    exponential: (mean) => -mean * Math.log(1 - float()),
  };
}

/** The same things in an order that is drawn, each order as likely as any other. */
export function shuffled<T>(things: readonly T[], random: Random): T[] {
  const order: T[] = [];
  for (const thing of things) order.splice(random.integer(order.length + 1), 0, thing);
  return order;
}

/** One of several things, each as likely as any other. */
export function draw<T>(things: readonly [T, ...T[]], random: Random): T {
  return things[random.integer(things.length)] ?? things[0];
}

/** A seed for a run that was given none. */
export function freshSeed(): number {
  return Math.floor(Math.random() * seedBound);
}

/** FNV-1a with the finalizer of MurmurHash3, so that seeds and names that are alike give streams that are not. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
