import { Component, type ReactNode } from 'react';
import { describe, problemText } from '../state/problems.ts';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

/** A panel that fails says so in its own place; the others go on. */
export class PanelBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const problem = describe(error);
    return (
      <section className="panel failed" aria-label={this.props.title} role="alert">
        <p>{problem.message}</p>
        <details>
          <summary>Details</summary>
          <pre>{problemText(problem)}</pre>
        </details>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          Show it again
        </button>
      </section>
    );
  }
}
