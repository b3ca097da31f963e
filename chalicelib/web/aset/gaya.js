// The living page of components: each token shown by its own value, each panel in the colours of its own scheme.

const DARK = 'prefers-color-scheme: dark';

/** The declarations of `:root` in the page's own sheets; `dark`: those that a dark scheme changes. */
function declared(dark) {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const among = dark
    ? rules.filter((rule) => rule.media?.mediaText.includes(DARK)).flatMap((rule) => [...rule.cssRules])
    : rules;
  return among.filter((rule) => rule.selectorText === ':root').map((rule) => rule.style);
}

function dress(panel, styles) {
  for (const style of styles) {
    for (const name of style) {
      if (name.startsWith('--')) panel.style.setProperty(name, style.getPropertyValue(name));
    }
  }
  panel.style.colorScheme = panel.dataset.scheme;
}

const SHOWN = {
  warna: (node, value) => { node.style.background = value; },
  jarak: (node, value) => { node.style.width = value; },
  sudut: (node, value) => { node.style.borderRadius = value; },
  ukuran: (node, value) => { node.style.fontSize = value; },
  huruf: (node, value) => { node.style.fontFamily = value; },
  bayangan: (node, value) => { node.style[value.includes('veil') ? 'background' : 'boxShadow'] = value; },
};

function paint(panel) {
  const values = getComputedStyle(panel);
  for (const row of panel.querySelectorAll('[data-token]')) {
    SHOWN[row.dataset.kind](row.querySelector('i'), `var(${row.dataset.token})`);
    row.querySelector('small').textContent = values.getPropertyValue(row.dataset.token);
  }
}

async function draw(canvas) {
  const picture = new Image(320, 180);
  picture.src = 'aset/contoh-ktp.svg';
  await picture.decode();
  canvas.width = 320;
  canvas.height = 60;
  canvas.getContext('2d').drawImage(picture, 0, -50, 320, 180);
}

for (const panel of document.querySelectorAll('[data-scheme]')) {
  dress(panel, panel.dataset.scheme === 'dark' ? [...declared(false), ...declared(true)] : declared(false));
  paint(panel);
  for (const hidden of panel.querySelectorAll('[hidden]')) hidden.hidden = false;
  for (const bar of panel.querySelectorAll('progress')) bar.value = 0.6;
  for (const canvas of panel.querySelectorAll('canvas')) draw(canvas);
}
