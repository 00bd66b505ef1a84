/** Made-up configs of the sizes that are measured. */

/** A tree of 30 files with about 1,000 keys: a primary config, 10 groups, options that interpolate. */
export function tree(): { files: Record<string, string>; overrides: string[] } {
  const files: Record<string, string> = {};
  const groups = Array.from({ length: 10 }, (_, index) => `group${index}`);
  const body = (group: string, option: number) =>
    Array.from({ length: 33 }, (_, index) =>
      index % 8 === 0
        ? `text${index}: "\${name}-${group}"`
        : index % 5 === 0
          ? `list${index}: [1, 2, ${index}]`
          : `key${index}: ${index * option}`,
    ).join('\n');
  for (const group of groups)
    for (const option of group === 'group9' ? [1, 2] : [1, 2, 3])
      files[`${group}/option${option}.yaml`] = `${body(group, option)}\n`;
  files['config.yaml'] =
    `defaults:\n${groups.map((group) => `  - ${group}: option1\n`).join('')}  - _self_\nname: run\nscale: 2\n`;
  const overrides = [
    ...groups.slice(0, 5).map((group) => `${group}=option2`),
    ...groups.map((group, index) => `${group}.key1=${index}`),
    'name=other',
    '+extra.a=[1,2,3]',
    '++extra.b={x:1,y:[a,b]}',
    '~scale',
    "group3.text8='a b'",
  ];
  return { files, overrides };
}

/** A document of 20,000 keys. */
export function bigDocument(): string {
  const lines: string[] = [];
  for (let group = 0; group < 200; group++) {
    lines.push(`group${group}:`);
    for (let key = 0; key < 99; key++)
      lines.push(
        `  key${key}: ${key % 3 === 0 ? `"text number ${key}"` : key % 3 === 1 ? key * 1.5 : `plain text ${key}`}`,
      );
  }
  return `${lines.join('\n')}\n`;
}
