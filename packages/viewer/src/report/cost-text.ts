/** What a request cost, in a line. */
import type { Cost } from "@eddy/workbench/pictures";
import { count, plural } from "../app/format.ts";
import { lengthText } from "./time-text.ts";

export interface CostOf {
  /** What was followed: an operation, with its requests and replies; or one message, which does not count itself. */
  readonly of: "operation" | "message";
  /** There are more messages than were counted. */
  readonly cut: boolean;
}

/** "8 messages in 1.20 ms: 1 request, 1 reply, 6 others that probably followed" */
export function costText(cost: Cost, { of, cut }: CostOf): string {
  const { span, exact, likely, late } = cost;
  // The message that was followed is a request, or itself a reply.
  const self = of === "message" ? 1 : 0;
  const requests = Math.max(cost.requests - self, 0);
  const replies = cost.requests >= self ? cost.replies : cost.replies - 1;
  const parts = [
    requests > 0 && plural(requests, "request"),
    replies > 0 && plural(replies, "reply", "replies"),
    exact > 0 && `${plural(exact, "other")} that certainly followed`,
    likely > 0 && `${plural(likely, "other")} that probably followed`,
    late > 0 && `${count(late)} that may have followed, much later`,
  ].filter((part) => part !== false);
  const messages = cost.messages - self;
  if (messages === 0) return "Nothing, as far as is known.";
  const all = `${cut ? "The first " : ""}${plural(messages, "message")} in ${lengthText(span.to - span.from)}`;
  return `${all}: ${parts.join(", ")}`;
}
