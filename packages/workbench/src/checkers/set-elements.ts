/** What a history says of each element of a set, taken in as it comes: who added it, and which reads listed it. */
import type { Operation } from "../history/operation.ts";
import { ValueMap } from "./value-map.ts";

/** An operation without its value: all reads of a run together may list millions of elements. */
export type Event = Omit<Operation, "value"> & { readonly value?: unknown };

/** An element that clients tried to add. */
export interface Element {
  readonly value: unknown;
  /** Tries that may have worked, or still may. */
  tries: number;
  /** The last try that was answered with an error that says that it did not happen. */
  refused: Operation | undefined;
  /** When it was first certain that it is there: its add ended ok, or a read that listed it did. */
  known: Event | undefined;
  /** Of the reads that listed it the one that began last; its invocation. */
  lastPresent: Event | undefined;
  /** Of the reads that did not list it the one that began last; its invocation. */
  lastAbsent: Event | undefined;
  /** The number of the read that listed it last, and how often that one has it. */
  reading: number;
  listings: number;
}

/** Something that reads should not have listed. */
export interface Finding {
  readonly value: unknown;
  /** The first read that did. */
  readonly read: Event;
  /** Of a duplicate, how often one read has it at most; of a phantom, how many reads have it. */
  count: number;
}

/** So many phantoms are told apart: a node may invent new ones without end. */
const maxPhantoms = 1000;

export class Elements {
  readonly #all: Element[] = [];
  readonly #byValue = new ValueMap<Element>();
  readonly #duplicated = new ValueMap<Finding>();
  readonly #phantoms = new ValueMap<Finding & { reading: number }>();
  #reading = 0;

  /** The elements in the order in which they were first tried. */
  get all(): readonly Element[] {
    return this.#all;
  }

  /** What was more than once in one read. */
  get duplicated(): readonly Finding[] {
    return [...this.#duplicated].map(([, finding]) => finding);
  }

  /** What was in a read before anybody had tried to add it; 1000 of these at most. */
  get phantoms(): readonly Finding[] {
    return [...this.#phantoms].map(([, finding]) => finding);
  }

  /** Takes the beginning of an add. */
  tried(value: unknown): void {
    const element = this.#byValue.get(value);
    if (element !== undefined) element.tries++;
    else this.#track(value);
  }

  /** Takes the end of an add: it has happened. */
  acknowledged(value: unknown, completion: Operation): void {
    const element = this.#byValue.get(value);
    if (element !== undefined) element.known ??= completion;
  }

  /** Takes the end of an add: it has certainly not happened. */
  refused(value: unknown, completion: Operation): void {
    const element = this.#byValue.get(value);
    if (element === undefined) return;
    element.tries--;
    element.refused = completion;
  }

  /** Takes a read that ended ok, and what it listed. */
  read(invocation: Event, completion: Event, values: Iterable<unknown>): void {
    const reading = ++this.#reading;
    for (const value of values) {
      const element = this.#find(value);
      if (element === undefined) this.#phantom(value, completion, reading);
      else if (element.reading === reading) this.#duplicate(element, completion);
      else {
        element.reading = reading;
        element.listings = 1;
        element.known ??= completion;
        if (isLater(invocation, element.lastPresent)) element.lastPresent = invocation;
      }
    }
    for (const element of this.#all)
      if (element.reading !== reading && isLater(invocation, element.lastAbsent))
        element.lastAbsent = invocation;
  }

  #find(value: unknown): Element | undefined {
    // Workloads add 0, 1, 2, …: then an element stands where its value says, which is found faster than in any map.
    if (typeof value === "number") {
      const guess = this.#all[value];
      if (guess?.value === value) return guess;
    }
    return this.#byValue.get(value);
  }

  #track(value: unknown): void {
    const element = {
      value,
      tries: 1,
      refused: undefined,
      known: undefined,
      lastPresent: undefined,
      lastAbsent: undefined,
      reading: 0,
      listings: 0,
    };
    this.#all.push(element);
    this.#byValue.set(value, element);
  }

  #duplicate(element: Element, read: Event): void {
    const { value } = element;
    const count = ++element.listings;
    const finding = this.#duplicated.get(value);
    if (finding === undefined) this.#duplicated.set(value, { value, read, count });
    else finding.count = Math.max(finding.count, count);
  }

  #phantom(value: unknown, read: Event, reading: number): void {
    const finding = this.#phantoms.get(value);
    if (finding === undefined) {
      if (this.#phantoms.size < maxPhantoms) this.#phantoms.set(value, { value, read, count: 1, reading });
    } else if (finding.reading !== reading) {
      finding.reading = reading;
      finding.count++;
    }
  }
}

function isLater({ index }: Event, other: Event | undefined): boolean {
  return other === undefined || other.index < index;
}
