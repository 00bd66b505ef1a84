/** The commands of Slurm. All find their cluster by themselves (`SLURM_CONF`, `/etc/slurm`). */
import { execFile } from 'node:child_process';
import { FlowError } from '@fasthep/flow';

const INSTALL =
  'Slurm comes with the cluster: log in to a machine where sinfo works, or load its module (module load slurm)';

/** Runs one of the commands. Gives what it wrote. */
export function slurm(program: string, words: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...words], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        reject(new FlowError('FLOW-R030', `there is no command ${program} here`, INSTALL));
      else {
        const why = stderr.trim().split('\n').at(-1) || error.message;
        reject(new FlowError('FLOW-R031', `${program}: ${why}`, 'try the command by hand'));
      }
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}

/** The version, from a controller that answers. */
export async function slurmVersion(): Promise<string> {
  const version = (await slurm('sinfo', ['--version'])).trim();
  const nodes = (await slurm('sinfo', ['-h', '-o', '%P %D %T'])).trim().split('\n').join('; ');
  return `${version}: ${nodes}`;
}
