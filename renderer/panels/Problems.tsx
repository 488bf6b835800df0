import { Copy, TriangleAlert, X } from 'lucide-react';
import { type Problem, problemText, useProblems } from '../state/problems.ts';
import { useServices } from './services.ts';

/** What went wrong: what, where, what to do; details folded away; all of it to copy. */
export function Problems() {
  const problems = useProblems((s) => s.problems);
  if (problems.length === 0) return null;
  return (
    <div className="problems">
      {problems.map((problem) => (
        <ProblemBox key={problem.id} problem={problem} />
      ))}
    </div>
  );
}

function ProblemBox({ problem }: { readonly problem: Problem }) {
  const { desktop } = useServices();
  const dismiss = useProblems((s) => s.dismiss);
  const { id, message, hint, path, details } = problem;
  return (
    <div className="trouble" role="alert">
      <TriangleAlert size={14} aria-hidden />
      <div className="words">
        <p>{message}</p>
        {hint && <p className="quiet">{hint}</p>}
        {details && (
          <details>
            <summary>Details</summary>
            <pre>{details}</pre>
          </details>
        )}
      </div>
      {path !== undefined && (
        <button type="button" onClick={() => void desktop.showInFolder(path)}>
          Show in folder
        </button>
      )}
      <button
        type="button"
        title="Copy the message and its details"
        onClick={() => void desktop.copyText(problemText(problem))}
      >
        <Copy size={12} aria-hidden />
        Copy
      </button>
      <button type="button" className="icon" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}
