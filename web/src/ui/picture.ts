/** An SVG of the page as a file of its own: styles of the page are written into it. */

/** A drawn figure, ready to be saved. */
export interface Picture {
  readonly source: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'font-variant-numeric',
];

/** Scale of pictures for slides and documents. */
const PNG_SCALE = 2;

/** The largest SVG inside an element. @throws Error where there is none */
export function pictureOf(element: HTMLElement | null): Picture {
  const drawn = [...(element?.querySelectorAll('svg') ?? [])].sort((a, b) => area(b) - area(a))[0];
  if (element === null || drawn === undefined) throw new Error('there is no picture to copy');
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [drawn, ...drawn.querySelectorAll<SVGElement>('*')];
  [copy, ...copy.querySelectorAll<SVGElement>('*')].forEach((node, i) => {
    const style = getComputedStyle(originals[i]!);
    for (const property of PROPERTIES) node.style.setProperty(property, style.getPropertyValue(property));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.setProperty('background', getComputedStyle(document.body).backgroundColor);
  return { source: new XMLSerializer().serializeToString(copy), width, height };
}

/** The picture in pixels. */
export async function pngOf({ source, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * PNG_SCALE);
  canvas.height = Math.ceil(height * PNG_SCALE);
  const context = canvas.getContext('2d')!;
  context.scale(PNG_SCALE, PNG_SCALE);
  context.drawImage(image, 0, 0, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)),
      'image/png',
    ),
  );
}

function area(svg: SVGSVGElement): number {
  const { width, height } = svg.getBoundingClientRect();
  return width * height;
}
