/** What stands around every page: it says in words what went wrong, and that something is on its way. */
import { Component, type ComponentChildren } from "preact";

/** Something could not be shown: what, why, and what one can do. Never a blank page. */
export function Trouble(props: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <section class="trouble panel" role="alert">
      <h1>{props.title}</h1>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}

export function Waiting(props: { text: string }) {
  return (
    <p class="waiting muted" role="status">
      <span class="waiting-sign" aria-hidden="true" />
      {props.text}
    </p>
  );
}

interface BoundaryState {
  readonly error: unknown;
}

/** Keeps what fails inside it from taking the rest of the page away. */
export class Boundary extends Component<{ children?: ComponentChildren }, BoundaryState> {
  override state: BoundaryState = { error: undefined };

  static override getDerivedStateFromError(error: unknown): BoundaryState {
    return { error: error ?? new Error("Something was thrown that says nothing.") };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const text = error instanceof Error ? error.message : String(error);
    return (
      <Trouble
        title="This page has a mistake"
        text={`It could not be drawn: ${text}. This is a mistake in eddy, and not in your nodes; the files of the run are not touched.`}
      >
        <p>
          <button type="button" class="button" onClick={() => location.reload()}>
            Load the page again
          </button>
        </p>
      </Trouble>
    );
  }
}
