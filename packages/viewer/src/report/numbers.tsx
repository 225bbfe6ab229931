/** The numbers of a run, as its results have them: how operations ended, how long they took, and what went over the network. */
import { type RunData, shortened, visible } from "@eddy/workbench/pictures";
import { count, figures, latency, nothing } from "../app/format.ts";
import { numberIn, numbersIn, partAt } from "./result-values.ts";

export function Numbers({ run }: { run: RunData }) {
  const stats = partAt(run.results, "stats");
  const net = partAt(run.results, "net");
  const [none, silent] = [Object.keys(stats).length === 0, Object.keys(net).length === 0];
  if (none && silent) return null;
  return (
    <section class="report-section numbers" aria-labelledby="numbers">
      <h2 id="numbers">In numbers</h2>
      <div class="number-blocks">
        {!none && <Operations stats={stats} />}
        {!silent && <Messages net={net} />}
      </div>
    </section>
  );
}

type Part = Readonly<Record<string, unknown>>;

const told = (number: number | undefined, words: (number: number) => string = count): string =>
  number === undefined ? nothing : words(number);

const quantileNames = [
  ["p50", "half of them took this or less"],
  ["p95", "95 of 100 took this or less"],
  ["p99", "99 of 100 took this or less"],
  ["max", "the slowest"],
] as const;

function Operations({ stats }: { stats: Part }) {
  const byFunction = Object.entries(partAt(stats, "by-f")).map(
    ([f]) => [f, partAt(stats, "by-f", f)] as const,
  );
  const latencies = partAt(stats, "latency");
  return (
    <div class="number-block panel">
      <h3>Operations</h3>
      {Object.keys(latencies).length > 0 && <Latencies latencies={latencies} />}
      <table class="table">
        <thead>
          <tr>
            <th scope="col">function</th>
            <th scope="col" class="number">
              all
            </th>
            <th scope="col" class="number" title="it happened">
              ok
            </th>
            <th scope="col" class="number" title="it did not happen">
              fail
            </th>
            <th scope="col" class="number" title="nobody knows whether it happened">
              info
            </th>
          </tr>
        </thead>
        <tbody>
          {byFunction.map(([f, counts]) => (
            <OperationRow key={f} name={f} counts={counts} />
          ))}
          {byFunction.length !== 1 && <OperationRow name="all" counts={stats} sum />}
        </tbody>
      </table>
    </div>
  );
}

function Latencies({ latencies }: { latencies: Part }) {
  return (
    <>
      <p class="tiles-title muted">Latency of those that ended ok</p>
      <dl class="tiles">
        {quantileNames.map(([name, meaning]) => (
          <div class="tile" key={name} title={meaning}>
            <dt>{name === "max" ? "slowest" : name}</dt>
            <dd data-number={name}>{told(numberIn(latencies, name), latency)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function OperationRow({ name, counts, sum = false }: { name: string; counts: Part; sum?: boolean }) {
  return (
    <tr class={sum ? "sum" : undefined}>
      <th scope="row">{visible(shortened(name, 200))}</th>
      {["count", "ok-count", "fail-count", "info-count"].map((key) => (
        <td key={key} class="number">
          {told(numberIn(counts, key))}
        </td>
      ))}
    </tr>
  );
}

const parties = [
  ["clients", "with clients"],
  ["servers", "between nodes"],
  ["all", "all"],
] as const;

function Messages({ net }: { net: Part }) {
  return (
    <div class="number-block panel">
      <h3>Messages</h3>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">who</th>
            <th scope="col" class="number">
              sent
            </th>
            <th scope="col" class="number">
              received
            </th>
            <th scope="col" class="number" title="sent, for each operation that a client began">
              per operation
            </th>
          </tr>
        </thead>
        <tbody>
          {parties.map(([key, name]) => {
            const traffic = partAt(net, key);
            return (
              <tr key={key} class={key === "all" ? "sum" : undefined} data-traffic={key}>
                <th scope="row">{name}</th>
                <td class="number">{told(numberIn(traffic, "send-count"))}</td>
                <td class="number">{told(numberIn(traffic, "recv-count"))}</td>
                <td class="number">{told(numberIn(traffic, "msgs-per-op"), figures)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <ByType net={net} />
    </div>
  );
}

/** Types that are shown; a node may make up any number of them. */
const mostTypes = 200;

function ByType({ net }: { net: Part }) {
  const all = numbersIn(partAt(net, "all", "by-type"));
  const [clients, servers] = [partAt(net, "clients", "by-type"), partAt(net, "servers", "by-type")];
  if (all.length === 0) return null;
  const sorted = [...all].sort(([, a], [, b]) => b - a);
  return (
    <details class="by-type">
      <summary>By type ({count(all.length)})</summary>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">type</th>
            <th scope="col" class="number">
              with clients
            </th>
            <th scope="col" class="number">
              between nodes
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, mostTypes).map(([type]) => (
            <tr key={type}>
              <th scope="row" class="mono">
                {visible(shortened(type, 200))}
              </th>
              <td class="number">{count(numberIn(clients, type) ?? 0)}</td>
              <td class="number">{count(numberIn(servers, type) ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > mostTypes && (
        <p class="muted">and {count(sorted.length - mostTypes)} more in the raw results</p>
      )}
    </details>
  );
}
