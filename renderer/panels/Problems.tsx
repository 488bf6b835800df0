import { Copy, Info, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { type Problem, problemText, useProblems } from '../state/problems.ts';
import { useSession } from '../state/session.ts';
import { useServices } from './services.ts';

const NO_NOTICES: readonly string[] = [];

/** What core has to tell of the session, and what went wrong: what, where, what to do; details folded, all to copy. */
export function Problems() {
  const problems = useProblems((s) => s.problems);
  const notices = useSession((s) => s.session?.notices) ?? NO_NOTICES;
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const unread = [...new Set(notices)].filter((notice) => !read.has(notice));
  if (problems.length === 0 && unread.length === 0) return null;
  return (
    <div className="problems">
      {unread.map((notice) => (
        <div className="notice" role="status" key={notice}>
          <Info size={14} aria-hidden />
          <p>{notice}</p>
          <button
            type="button"
            className="icon"
            aria-label="Dismiss"
            onClick={() => setRead(new Set([...read, notice]))}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
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
