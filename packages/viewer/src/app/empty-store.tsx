/** What is shown where there is nothing yet: how to make a first run. */

export function EmptyStore({ store }: { store: string }) {
  return (
    <section class="panel empty-store">
      <h2>No runs yet</h2>
      <p>Each test leaves a folder in the store. It shows up here by itself, while it goes on.</p>
      <dl>
        <dt>
          <code>make run</code>
        </dt>
        <dd>builds the echo server of the tutorial, and tests it</dd>
        <dt>
          <code>eddy test -w echo --bin ./server.ts</code>
        </dt>
        <dd>
          tests a server of yours; other workloads are listed by <code>eddy doc</code>
        </dd>
      </dl>
      <p class="muted">
        The store that is shown is <code>{store}</code>. <code>eddy serve --store DIR</code> shows another.
      </p>
    </section>
  );
}
