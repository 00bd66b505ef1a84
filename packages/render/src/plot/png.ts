import { RenderError } from '../error.ts';

/** What is used of `@resvg/resvg-js`, an optional package. */
interface Resvg {
  Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } };
}

/** SVG → PNG at twice the size. Needs `@resvg/resvg-js`, which is installed only where it is wanted. */
export async function toPng(svg: string): Promise<Uint8Array> {
  const resvg = await load();
  const drawn = new resvg.Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: true, defaultFontFamily: 'Liberation Sans' },
  });
  return new Uint8Array(drawn.render().asPng());
}

async function load(): Promise<Resvg> {
  const name = '@resvg/resvg-js';
  try {
    return (await import(/* @vite-ignore */ name)) as Resvg;
  } catch (error) {
    throw new RenderError(
      'png.missing',
      'PNG figures need the package @resvg/resvg-js, which is not installed',
      'npm install @resvg/resvg-js, or draw into .svg',
      error,
    );
  }
}
