import {
  type BaseFlags,
  buildCommand,
  type Command,
  type CommandBuilderArguments,
  type TypedCommandParameters,
} from '@stricli/core';
import type { CliContext } from '../terminal/context.ts';

/** Flags that every command has. */
export type CommonFlags = {
  json?: boolean;
  debug?: boolean;
};

/** A command's function, with the context as `this`. */
type Action<FLAGS extends BaseFlags & CommonFlags, ARGS extends readonly (string | undefined)[]> = (
  this: CliContext,
  flags: FLAGS,
  ...args: ARGS
) => Promise<void>;

/** A command whose function is loaded when it is used; what that throws is told to the user. */
export function command<FLAGS extends BaseFlags & CommonFlags, ARGS extends readonly (string | undefined)[]>(
  load: () => Promise<{ default: Action<FLAGS, ARGS> }>,
  about: {
    parameters: NoInfer<TypedCommandParameters<FLAGS, ARGS, CliContext>>;
    docs: CommandBuilderArguments<FLAGS, ARGS, CliContext>['docs'];
  },
): Command<CliContext> {
  const loader = async () => {
    const { default: action } = await load();
    return async function (this: CliContext, flags: FLAGS, ...args: ARGS) {
      try {
        await action.call(this, flags, ...args);
      } catch (error) {
        const { reportError } = await import('../terminal/errors.ts');
        reportError(this, error, flags);
      }
    };
  };
  return buildCommand<FLAGS, ARGS, CliContext>({ loader, ...about });
}
