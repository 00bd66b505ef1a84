/** A private Slurm cluster for tests: own keys, free ports, two virtual nodes, no systemd. Needs root. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there can be no cluster here; undefined: there can. */
export const withoutSlurm: string | undefined = process.env.CI
  ? 'in CI no daemons are started'
  : ['slurmctld', 'slurmd', 'munged', 'sbatch'].some((name) => spawnSync('which', [name]).status !== 0)
    ? 'there is no slurmctld (apt-get install slurm-wlm munge)'
    : process.getuid?.() === 0
      ? undefined
      : 'the daemons need root';

/** A running cluster. */
export interface Cluster {
  /** For SLURM_CONF. */
  conf: string;
  /** Process number of a virtual node's daemon. */
  node(number: number): number;
  stop(): void;
}

/** Starts one with so many virtual nodes of two processors each. */
export async function startCluster(nodes = 2): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'));
  execFileSync('chmod', ['755', folder]);
  for (const name of ['state', 'log', 'munge']) mkdirSync(join(folder, name));
  const pids: number[] = [];
  const pid = (file: string) => {
    for (let n = 0; n < 100; n++) {
      if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '')
        return Number(readFileSync(file, 'utf8'));
      spawnSync('sleep', ['0.1']);
    }
    throw new Error(`${file} did not appear: see ${folder}/log`);
  };
  const daemon = (program: string, words: string[], file: string) => {
    execFileSync(program, words, { stdio: 'ignore', env: { ...process.env, SLURM_CONF: conf } });
    pids.push(pid(file));
    return pids.at(-1)!;
  };
  const at = (...names: string[]) => join(folder, ...names);
  const conf = at('slurm.conf');
  const ports = await freePorts(nodes + 1);
  execFileSync('dd', ['if=/dev/urandom', `of=${at('munge/key')}`, 'bs=1024', 'count=1', 'status=none']);
  execFileSync('chmod', ['400', at('munge/key')]);
  const files = { key: 'key', socket: 's', pid: 'pid', seed: 'seed' };
  const socket = at('munge', files.socket);
  const host = hostname().split('.')[0]!;
  writeFileSync(
    conf,
    `ClusterName=flowtest
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=${socket}
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${folder}/spool.%n
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${folder}/slurmd.%n.pid
SlurmctldLogFile=${at('log/slurmctld.log')}
SlurmdLogFile=${folder}/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,bf_interval=2,sched_min_interval=0,defer_batch=0
MpiDefault=none
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=10
KillWait=2
MinJobAge=300
MessageTimeout=10
JobRequeue=1
MaxArraySize=10001
MaxJobCount=20000
SlurmdParameters=config_overrides
${Array.from({ length: nodes }, (_, n) => `NodeName=n${n + 1} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[n + 1]} CPUs=2 RealMemory=1000 State=UNKNOWN`).join('\n')}
PartitionName=main Nodes=n[1-${nodes}] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
`,
  );
  const munge = Object.entries({
    'key-file': files.key,
    socket: files.socket,
    'pid-file': files.pid,
    'seed-file': files.seed,
  });
  daemon(
    'munged',
    [
      '--force',
      ...munge.map(([name, file]) => `--${name}=${at('munge', file)}`),
      `--log-file=${at('log/munged.log')}`,
      '--num-threads=2',
    ],
    at('munge/pid'),
  );
  daemon('slurmctld', ['-f', conf, '-c'], at('slurmctld.pid'));
  const nodePids = Array.from({ length: nodes }, (_, n) => {
    mkdirSync(at(`spool.n${n + 1}`));
    return daemon('slurmd', ['-f', conf, '-N', `n${n + 1}`], at(`slurmd.n${n + 1}.pid`));
  });
  const env = { ...process.env, SLURM_CONF: conf };
  for (let n = 0; n < 100; n++) {
    const states = spawnSync('sinfo', ['-h', '-N', '-o', '%T'], { env, encoding: 'utf8' }).stdout;
    if (states.split('\n').filter((state) => state === 'idle').length === nodes) break;
    spawnSync('sleep', ['0.1']);
  }
  return {
    conf,
    node: (number) => nodePids[number]!,
    stop() {
      spawnSync('scancel', ['--user=root', '--quiet'], { env });
      for (const one of pids.reverse()) {
        try {
          process.kill(one);
        } catch {
          // It is gone.
        }
      }
      spawnSync('sleep', ['1']);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
    },
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
