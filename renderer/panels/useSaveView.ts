import { pictureFile } from '../gl/pictureFile.ts';
import { useProblems } from '../state/problems.ts';
import { toCsv } from '../units/csv.ts';
import type { View } from '../views/view.ts';
import { useServices } from './services.ts';
import type { ViewHost } from './viewHost.ts';

/** Ways to save what a view shows, where the user says. */
export function useSaveView<Options>(view: View<Options>, host: ViewHost<Options>) {
  const { desktop } = useServices();
  async function save(extension: string, make: () => Promise<Uint8Array | undefined>): Promise<void> {
    try {
      const bytes = await make();
      if (bytes) await desktop.savePicture({ name: `${view.label}.${extension}`, bytes });
    } catch (error) {
      useProblems.getState().tell(error);
    }
  }
  return {
    png: () => save('png', () => pictureFile(host.handle, 'png')),
    svg: () => save('svg', () => pictureFile(host.handle, 'svg')),
    csv: () =>
      save('csv', async () => {
        const rows = host.table();
        return rows && new TextEncoder().encode(toCsv(rows));
      }),
  };
}
