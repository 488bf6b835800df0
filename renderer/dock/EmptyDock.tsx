import { AddViewMenu } from './AddViewMenu.tsx';
import { shownDock } from './shownDock.ts';

/** What is there when every panel was closed. */
export function EmptyDock() {
  return (
    <div className="dock-empty">
      <p>All views of this station were closed.</p>
      <div className="line">
        <AddViewMenu className="" label="Add a view">
          Add a view
        </AddViewMenu>
        <button type="button" onClick={() => shownDock()?.use(undefined)}>
          Show the default layout
        </button>
      </div>
    </div>
  );
}
