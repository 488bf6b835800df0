import { useEffect, useRef, useState } from 'react';
import type { ChannelVerdict } from '../../../core/shared/badChannels.ts';
import { isAbort } from '../../../core/shared/errors.ts';
import type { Session } from '../../../core/shared/session.ts';
import { useServices } from '../../panels/services.ts';
import { useFocus } from '../../state/focus.ts';
import { useProblems } from '../../state/problems.ts';
import { useOpen } from '../useOpen.ts';
import { overruledWith, type ShownVerdict, shownVerdicts } from './verdicts.ts';

type Step = Session['preprocess'][number];

interface Props {
  /** Up to the step that looks for bad channels, it included. */
  readonly steps: readonly Step[];
  onChange(step: Step): void;
}

/** What was found on each channel and why; a click overrules it, and the recipe keeps that. */
export function BadChannels({ steps, onChange }: Props) {
  const { state } = useOpen();
  const { client } = useServices();
  const [found, setFound] = useState<{ readonly of: string; readonly verdicts: readonly ChannelVerdict[] }>();
  const asking = useAsking();
  const [all, setAll] = useState(false);
  const step = steps.at(-1);
  const of = detectionKey(steps);
  if (!step) return null;

  async function ask(): Promise<void> {
    const signal = asking.begin();
    try {
      setFound({ of, verdicts: await client.call('badChannels', { steps: [...steps] }, { signal }) });
    } catch (error) {
      if (!isAbort(error)) useProblems.getState().tell(error);
    } finally {
      asking.end();
    }
  }

  const verdicts = found?.of === of ? found.verdicts : undefined;
  if (!verdicts)
    return (
      <div className="verdicts">
        {asking.now ? (
          <button type="button" onClick={asking.cancel}>
            Stop looking
          </button>
        ) : (
          <button type="button" onClick={() => void ask()}>
            Look for bad channels now
          </button>
        )}
        <p className="field-help" role="status">
          {asking.now
            ? 'Looking at pieces of the whole recording; with hundreds of channels this takes a while.'
            : 'Shows what is found on each channel and why. A click overrules a verdict.'}
        </p>
      </div>
    );

  const rows = shownVerdicts(verdicts, step.params.bad_channel_ids ?? null);
  const bad = rows.filter((row) => row.bad);
  const noted = rows.filter((row) => row.bad || row.overruled || row.label !== 'good');
  return (
    <section className="verdicts" aria-label="Verdicts on channels">
      <p>{`${bad.length} of ${rows.length} channels count as bad${rows.some((row) => row.overruled) ? ', some by your word' : ''}.`}</p>
      <ul>
        {(all ? rows : noted).map((row) => (
          <Verdict
            key={String(row.channelId)}
            row={row}
            onPick={() => {
              const channel = state.recording?.channelIds.indexOf(row.channelId);
              if (channel !== undefined && channel >= 0) useFocus.getState().pick({ channel });
            }}
            onToggle={() => {
              const { bad_channel_ids: _old, ...params } = step.params;
              const ids = overruledWith(rows, row.channelId);
              onChange({ ...step, params: ids ? { ...params, bad_channel_ids: [...ids] } : params });
            }}
          />
        ))}
      </ul>
      {noted.length < rows.length && (
        <button type="button" onClick={() => setAll(!all)}>
          {all ? 'Only those with a verdict' : `All ${rows.length} channels`}
        </button>
      )}
    </section>
  );
}

function Verdict({ row, onPick, onToggle }: { readonly row: ShownVerdict; onPick(): void; onToggle(): void }) {
  const { channelId, label, reason, bad, overruled, agreement } = row;
  const share = agreement === undefined ? '' : ` ${Math.round(100 * agreement)} % of the pieces say so.`;
  return (
    <li className={bad ? 'bad' : undefined}>
      <input
        type="checkbox"
        aria-label={`Channel ${channelId} counts as bad`}
        title={bad ? 'Counts as bad; click to keep the channel' : 'Counts as good; click to call it bad'}
        checked={bad}
        onChange={onToggle}
      />
      <button type="button" className="opener" title="Show this channel in the views" onClick={onPick}>
        <span className="mono">{String(channelId)}</span>
        <span>{`${label}${overruled ? ', overruled' : ''}`}</span>
      </button>
      <p className="field-help">{reason + share}</p>
    </li>
  );
}

/** A question on its way: it can be stopped, and is when the card is closed. */
function useAsking() {
  const [now, setNow] = useState(false);
  const controller = useRef<AbortController>(undefined);
  const cancel = () => controller.current?.abort();
  useEffect(() => () => controller.current?.abort(), []);
  return {
    now,
    cancel,
    begin(): AbortSignal {
      controller.current = new AbortController();
      setNow(true);
      return controller.current.signal;
    },
    end: () => setNow(false),
  };
}

/** All that what is found depends on: the last step's overrule does not. */
function detectionKey(steps: readonly Step[]): string {
  return JSON.stringify(
    steps.map(({ step, params, enabled }, i) => {
      const { bad_channel_ids: overruled, ...others } = params;
      return [step, others, enabled, i < steps.length - 1 ? overruled : undefined];
    }),
  );
}
