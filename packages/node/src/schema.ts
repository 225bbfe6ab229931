/**
 * Schemas between a request and its handler: any library that speaks Standard Schema (https://standardschema.dev), such
 * as Zod, Valibot or ArkType, can say what a body has to look like.
 */
import { RPCError } from "./errors.ts";
import { isPromise } from "./request.ts";

/** As much of version 1 of Standard Schema as is needed here; `Output` is what a body is after it was checked. */
export interface Schema<Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Checked<Output> | Promise<Checked<Output>>;
  };
}

type Checked<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Hands a request to its handler with the body that the schema makes of its own: at once, unless the schema itself is
 * asynchronous.
 *
 * @throws {RPCError} 12, malformed request, when the body does not fit, with the path of each field that does not
 */
export function check<R extends { body: unknown }>(
  schema: Schema<unknown>,
  request: R,
  handle: (request: R) => unknown,
): unknown {
  const finish = (checked: Checked<unknown>): unknown => {
    if (checked.issues !== undefined) throw RPCError.malformedRequest(tell(checked.issues));
    request.body = checked.value;
    return handle(request);
  };
  const checked = schema["~standard"].validate(request.body);
  return isPromise(checked) ? checked.then(finish) : finish(checked);
}

/** Five issues of a body are enough; more say nothing new. */
function tell(issues: readonly Issue[]): string {
  const more = issues.length > 5 ? [`and ${issues.length - 5} more`] : [];
  return [...issues.slice(0, 5).map(explain), ...more].join("; ");
}

function explain({ path = [], message }: Issue): string {
  const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
  return keys.length === 0 ? message : `${keys.join(".")}: ${message}`;
}
