/** Between the network and the services: requests come out of messages, and replies go back as messages. */
import { fromBytes } from "../network/bytes.ts";
import { jsonFields } from "../network/json-fields.ts";
import type { Body, Message } from "../network/message.ts";
import type { Network } from "../network/network.ts";
import type { Random } from "../time/random.ts";
import { makeServices } from "./catalogue.ts";
import { codes, error, type Reply, type Service } from "./service.ts";

/**
 * Connects all services to a network, each under its name.
 *
 * @param random gives the stream of randomness that has a name, here that of a service
 */
export function hostServices(network: Network, random: (name: string) => Random): void {
  for (const [name, service] of makeServices(random)) {
    const receive = (message: Message): void => {
      const text = answer(service, message);
      if (text === undefined) return;
      const body: Body = JSON.parse(fromBytes(text));
      network.send({ src: name, dest: message.src, text, body });
    };
    network.attach(name, { receive });
  }
}

/**
 * What a service answers to a message: a body, as bytes. Undefined when the message is no request: it has no integer
 * `msg_id`, or is itself a reply; two services must not answer each other for ever.
 */
export function answer(
  service: Service,
  { src, text, body }: Pick<Message, "src" | "text" | "body">,
): string | undefined {
  const { type, msg_id, in_reply_to } = body;
  if (!Number.isInteger(msg_id)) return undefined;
  const fields = jsonFields(text);
  if (typeof type !== "string") {
    const why = error(codes.malformedRequest, 'a request needs a "type", which is a string');
    return write(why, fields);
  }
  if (in_reply_to !== undefined && /^error$|_ok$/.test(type)) return undefined;
  return write(service.handle({ client: src, type, fields }), fields);
}

/** Writes a reply. Values go into it as they are, and the request's id as the request has it. */
function write(reply: Reply, request: ReadonlyMap<string, string>): string {
  // Bytes beyond ASCII are characters here, and JSON.stringify leaves them alone.
  const fields =
    reply.type === "error" ? { code: `${reply.code}`, text: JSON.stringify(reply.text) } : reply.fields;
  let text = `{"type":"${reply.type}"`;
  for (const [name, json] of Object.entries(fields)) text += `,"${name}":${json}`;
  return `${text},"in_reply_to":${request.get("msg_id") ?? ""}}`;
}
