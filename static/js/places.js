// Places in a form: regions are found in place, and a map can be pointed at. Without this file one types names and degrees.

// The EU's own grid, EPSG:3035 (Lambert azimuthal equal area, GRS 1980), as catalogue/maps/projection.py has it; and back.

const radians = (degrees) => (degrees * Math.PI) / 180;
const SEMI_MAJOR = 6378.137; // kilometres
const E2 = (1 / 298.257222101) * (2 - 1 / 298.257222101);
const E = Math.sqrt(E2);
const [LNG_0, EAST_0, NORTH_0] = [radians(10), 4321, 3210];

const q = (latitude) => {
  const sine = E * Math.sin(latitude);
  return (1 - E2) * (Math.sin(latitude) / (1 - sine * sine) - Math.log((1 - sine) / (1 + sine)) / (2 * E));
};
const Q_POLE = q(Math.PI / 2);
const RADIUS = SEMI_MAJOR * Math.sqrt(Q_POLE / 2);
const authalic = (latitude) => {
  const sine = Math.max(-1, Math.min(1, q(latitude) / Q_POLE));
  return [sine, Math.sqrt(1 - sine * sine)];
};
const [SIN_0, COS_0] = authalic(radians(52));
const D = (SEMI_MAJOR * Math.cos(radians(52))) / Math.sqrt(1 - E2 * Math.sin(radians(52)) ** 2) / (RADIUS * COS_0);

function kilometres({ lat, lng }) {
  const [sine, cosine] = authalic(radians(lat));
  const angle = radians(lng) - LNG_0;
  const scale = RADIUS * Math.sqrt(2 / (1 + SIN_0 * sine + COS_0 * cosine * Math.cos(angle)));
  return [
    EAST_0 + scale * D * cosine * Math.sin(angle),
    NORTH_0 + (scale / D) * (COS_0 * sine - SIN_0 * cosine * Math.cos(angle)),
  ];
}

function degrees([east, north]) {
  const [x, y] = [east - EAST_0, north - NORTH_0];
  const distance = Math.hypot(x / D, D * y) || 1e-9;
  const angle = 2 * Math.asin(Math.min(1, distance / (2 * RADIUS)));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const beta = Math.asin(cosine * SIN_0 + (D * y * sine * COS_0) / distance);
  const lng = LNG_0 + Math.atan2(x * sine, D * distance * COS_0 * cosine - D * D * y * SIN_0 * sine);
  const [e4, e6] = [E2 * E2, E2 * E2 * E2];
  const lat =
    beta +
    (E2 / 3 + (31 * e4) / 180 + (517 * e6) / 5040) * Math.sin(2 * beta) +
    ((23 * e4) / 360 + (251 * e6) / 3780) * Math.sin(4 * beta) +
    ((761 * e6) / 45360) * Math.sin(6 * beta);
  return { lat: (lat * 180) / Math.PI, lng: (lng * 180) / Math.PI };
}

// Controls of a place

const placeOf = (element) => element.closest("[data-place]");
const countryOf = (element) => placeOf(element).querySelector("select");
const nameOf = (select, code) => [...select.options].find((option) => option.value === code)?.text;

function put(control, value) {
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

// What was wrong with a field is no longer true of what stands in it now.
function settle(control) {
  const error = document.getElementById(`${control.id}_error`);
  if (!error) return;
  const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
  if (described.length) control.setAttribute("aria-describedby", described.join(" "));
  else control.removeAttribute("aria-describedby");
  control.removeAttribute("aria-invalid");
  control.closest(".field").classList.remove("bad");
  error.remove();
}

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// Regions

const CODE = /^[A-Z]{2}[0-9A-Z]{1,3}$/;

async function regions(region, typed) {
  const asked = new URLSearchParams({ country: countryOf(region).value, q: typed });
  const answer = await fetch(`${region.dataset.asks}?${asked}`, { redirect: "error" }).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").body;
}

async function find(region) {
  const list = region.querySelector("[data-regions]");
  const found = await regions(region, document.getElementById(region.dataset.regionOf).value);
  if (!found) return say(list, list.dataset.failed);
  list.replaceChildren(...found.childNodes);
  const count = list.querySelectorAll("[data-region]").length;
  if (count) document.getElementById("said").textContent = filled(list.dataset.count, { count });
  else document.getElementById("said").textContent = list.textContent.trim();
}

function say(list, text) {
  const told = document.createElement("p");
  told.className = "hint";
  told.textContent = text;
  list.replaceChildren(...(text ? [told] : []));
}

// A code that was typed is told by its name.
async function nameTyped(region, typed) {
  const code = typed.trim().toUpperCase();
  const list = region.querySelector("[data-regions]");
  const found = CODE.test(code) ? await regions(region, code) : null;
  const name = found?.querySelector(`[data-region="${code}"]`)?.dataset.name ?? "";
  say(list, name);
  if (name) settle(document.getElementById(region.dataset.regionOf));
}

document.addEventListener("click", (event) => {
  const region = event.target.closest?.("[data-region-of]");
  if (!region) return;
  const taken = event.target.closest("[data-region]");
  if (taken) {
    event.preventDefault();
    const [control, select, { region: code, country, name }] = [
      document.getElementById(region.dataset.regionOf),
      countryOf(region),
      taken.dataset,
    ];
    region.dataset.taken = code;
    put(control, code);
    if (select.value !== country) put(select, country);
    for (const each of [control, select]) settle(each);
    say(region.querySelector("[data-regions]"), name);
    control.focus();
  } else if (event.target.closest("[data-find-region]")) {
    event.preventDefault();
    find(region);
  }
});
document.addEventListener("keydown", (event) => {
  const region = event.key === "Enter" && event.target.closest?.("[data-region-of]");
  if (!region || event.target.id !== region.dataset.regionOf) return;
  event.preventDefault();
  find(region);
});
document.addEventListener("change", ({ target }) => {
  const region = target.closest?.("[data-region-of]");
  if (!region || target.id !== region.dataset.regionOf) return;
  if (region.dataset.taken === target.value) return;
  delete region.dataset.taken;
  if (!target.value.trim() || CODE.test(target.value.trim().toUpperCase())) nameTyped(region, target.value);
});

// Spots

const WRITTEN = /^([-+\u2212]?)(\d{1,3}(?:[.,]\d*)?)°?([NSEW]?)$/;
const CLOSEST = 16;
const STEP = 12; // pixels of the page

function read(control, limit) {
  const written = WRITTEN.exec(control.value.replace(/\s+/g, "").toUpperCase());
  const number = written ? Number(written[2].replace(",", ".")) : NaN;
  if (!(number <= limit)) return null;
  return written[1] === "-" || written[1] === "\u2212" || "SW".includes(written[3] || "-") ? -number : number;
}

function open(spot) {
  if (spot.dataset.map === "") return;
  const address = spot.dataset.map;
  spot.dataset.map = "";
  spot.append(spot.querySelector("template[data-tools]").content.cloneNode(true));
  const [latitude, longitude] = spot.querySelectorAll("input");
  const part = (name) => spot.querySelector(`[data-${name}]`);
  const [map, told, elsewhere, select] = [part("pick"), part("told"), part("elsewhere"), countryOf(spot)];
  let drawn = null; // the SVG with its mark
  let view = null; // how its units lie on the grid
  let whole = null; // how large it is, in its own units: {width, height}
  let seen = null; // which part of it is in view: {x, y, width, height}, in its units

  const spotNow = () => {
    const [lat, lng] = [read(latitude, 90), read(longitude, 180)];
    return lat === null || lng === null ? null : { lat, lng };
  };
  const toUnits = (place) => {
    const [east, north] = kilometres(place);
    return [(east - view.left) / view.scale, (view.top - north) / view.scale];
  };
  const toDegrees = ([x, y]) => degrees([view.left + x * view.scale, view.top - y * view.scale]);
  const perPixel = () => seen.width / map.clientWidth;
  const holds = ([x, y]) => x >= seen.x && x <= seen.x + seen.width && y >= seen.y && y <= seen.y + seen.height;

  // Around the chosen country; around all of Europe where the spot lies elsewhere.
  async function load(isWide = false) {
    const chosen = select.value;
    const asked = isWide ? "" : chosen;
    const answer = await fetch(`${address}?country=${encodeURIComponent(asked)}`, { redirect: "error" }).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (chosen !== select.value) return;
    const svg = new DOMParser().parseFromString(text, "text/html").querySelector("svg");
    if (!svg) return (told.textContent = told.dataset.failed);
    map.replaceChildren(svg);
    drawn = svg;
    view = { left: Number(svg.dataset.left), top: Number(svg.dataset.top), scale: Number(svg.dataset.scale) };
    whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
    seen = { x: 0, y: 0, ...whole };
    map.hidden = Boolean(asked) && !("near" in svg.dataset);
    const [x, y] = spotNow() ? toUnits(spotNow()) : middle();
    if (asked && !map.hidden && !holds([x, y])) return load(true);
    draw();
  }

  function look(factor, middle) {
    const width = Math.max(whole.width / CLOSEST, Math.min(whole.width, seen.width * factor));
    const height = (width * whole.height) / whole.width;
    seen = {
      width,
      height,
      x: Math.max(0, Math.min(whole.width - width, middle[0] - width / 2)),
      y: Math.max(0, Math.min(whole.height - height, middle[1] - height / 2)),
    };
    drawn.setAttribute("viewBox", `${seen.x} ${seen.y} ${seen.width} ${seen.height}`);
    draw();
  }

  const middle = () => [seen.x + seen.width / 2, seen.y + seen.height / 2];

  function draw() {
    drawn.querySelector(".picker-mark")?.remove();
    const place = spotNow();
    if (map.hidden) told.textContent = told.dataset.out;
    else if (!place) told.textContent = told.dataset.none;
    if (map.hidden || !place) return offer("");
    const [x, y] = toUnits(place);
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const size = 9 * perPixel();
    mark.setAttribute("class", "picker-mark");
    mark.setAttribute("d", `M${x} ${y}m${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0M${x - 2 * size} ${y}h${4 * size}M${x} ${y - 2 * size}v${4 * size}`);
    drawn.append(mark);
    tell(place, new DOMPoint(x, y));
  }

  function tell(place, point) {
    const land = [...drawn.querySelectorAll("[data-country]")].find((path) => path.isPointInFill(point));
    const code = land?.dataset.country ?? "";
    const country = code && nameOf(select, code);
    const values = { lat: latitude.value.trim(), lng: longitude.value.trim(), country };
    told.textContent = filled(country ? told.dataset.in : told.dataset.at, values);
    offer(country && code !== select.value ? code : "");
  }

  function offer(code) {
    elsewhere.hidden = !code || !select.value;
    if (code && !select.value) return put(select, code);
    if (!code) return;
    const [words, button] = elsewhere.children;
    const values = { chosen: nameOf(select, select.value), country: nameOf(select, code) };
    words.textContent = filled(words.dataset.words, values);
    button.textContent = filled(button.dataset.words, values);
    button.value = code;
  }

  function point(units) {
    const place = toDegrees(units);
    latitude.value = String(Number(place.lat.toFixed(4)));
    longitude.value = String(Number(place.lng.toFixed(4)));
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    const [x, y] = toUnits(spotNow());
    if (holds([x, y])) draw();
    else look(1, [x, y]);
  }

  map.addEventListener("click", (event) => {
    if (!drawn) return;
    const { left, top } = map.getBoundingClientRect();
    point([seen.x + (event.clientX - left) * perPixel(), seen.y + (event.clientY - top) * perPixel()]);
  });
  const near = () => (spotNow() ? toUnits(spotNow()) : middle());
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", (event) => {
    if (!drawn || event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      const step = (event.shiftKey ? 1 : STEP) * perPixel();
      const [x, y] = near();
      point(spotNow() ? [x + arrow[0] * step, y + arrow[1] * step] : [x, y]);
    } else if (event.key === "+" || event.key === "=") look(0.5, near());
    else if (event.key === "-") look(2, near());
    else return;
    event.preventDefault();
  });
  part("nearer").addEventListener("click", () => drawn && look(0.5, near()));
  part("farther").addEventListener("click", () => drawn && look(2, near()));
  part("clear").addEventListener("click", () => {
    longitude.value = "";
    put(latitude, "");
    if (drawn) draw();
  });
  part("move").addEventListener("click", ({ target }) => {
    put(select, target.value);
    select.focus();
  });
  for (const control of [latitude, longitude]) control.addEventListener("change", () => drawn && load());
  select.addEventListener("change", () => load());
  load();
}

for (const spot of document.querySelectorAll("details[data-spot]")) {
  if (spot.open) open(spot);
  spot.addEventListener("toggle", () => spot.open && open(spot));
}
