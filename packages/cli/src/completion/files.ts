import { readdirSync } from 'node:fs';

/** Paths that begin with a word: folders, with `/`, and files whose names fit. */
export function pathsFrom(word: string, fits: (name: string) => boolean): string[] {
  const slash = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, slash);
  const start = word.slice(slash);
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
      .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
      .flatMap((entry) => {
        if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : [`${folder}${entry.name}/`];
        return fits(entry.name) ? [folder + entry.name] : [];
      });
  } catch {
    return [];
  }
}

/** Whether a name is that of a YAML file. */
export const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);
