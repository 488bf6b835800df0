/** A path of session.json as people know it: those relative to the session's folder made whole. */
export function absolutePath(folder: string, path: string): string {
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const separator = folder.includes('\\') ? '\\' : '/';
  const parts = folder.split(/[/\\]/);
  for (const part of path.split(/[/\\]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join(separator);
}
