// The map: what the day paints, and what lies over it in the screen's own pixels.
const [viewX, viewY, viewW, viewH] = run.view;
const svg = $("map"), world = $("world");
const MERGE = 20, DISC = 11, CLOSEST = 12, EDGE = 6;
// The centre of the view in the map's tenths, and how much closer it is than the whole country.
const camera = { x: viewX + viewW / 2, y: viewY + viewH / 2, zoom: 1 };
let size = { w: 1, h: 1 }, scale = 1;
const metropolis = capitals[0];

for (const pattern of document.querySelectorAll("pattern.hatch")) {
  // Outside the map nothing scales the hatch.
  const flat = pattern.cloneNode(true);
  flat.id += "-flat";
  flat.removeAttribute("class");
  pattern.after(flat);
}
const hatches = document.querySelectorAll("pattern.hatch");

const screen = ([x, y]) => [(x - camera.x) * scale + size.w / 2, (y - camera.y) * scale + size.h / 2];

function place() {
  size = { w: svg.clientWidth, h: svg.clientHeight };
  // Nothing is laid out yet, or it is hidden.
  if (!size.w || !size.h) return;
  scale = Math.min((size.w - 2 * EDGE) / viewW, (size.h - 2 * EDGE) / viewH) * camera.zoom;
  // The country may not leave the page.
  for (const [axis, low, extent, room] of [["x", viewX, viewW, size.w], ["y", viewY, viewH, size.h]]) {
    const half = Math.min(room / scale, extent) / 2;
    camera[axis] = Math.max(low + half, Math.min(low + extent - half, camera[axis]));
  }
  const [x, y] = screen([0, 0]);
  world.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${scale.toFixed(5)})`);
  for (const hatch of hatches) hatch.setAttribute("patternTransform", `scale(${(1 / scale).toFixed(4)})`);
  $("zoom-reset").hidden = camera.zoom === 1;
  svg.classList.toggle("near", camera.zoom > 1);
  label();
}

function approach(zoom, at = [size.w / 2, size.h / 2]) {
  const next = Math.max(1, Math.min(CLOSEST, zoom));
  const [dx, dy] = [at[0] - size.w / 2, at[1] - size.h / 2];
  const before = scale;
  const after = before * next / camera.zoom;
  camera.x += dx / before - dx / after;
  camera.y += dy / before - dy / after;
  camera.zoom = next;
  place();
}

function paint() {
  const day = state.day;
  const turned = [];
  for (const area of run.areas) {
    const s = said(area, day);
    const shown = s && !state.hiddenClasses.has(s.status) ? s.status : UNKNOWN;
    let look = `area s-${classes[shown].key}`;
    if (shown !== UNKNOWN && s.flags & STALE) look += " stale";
    area.path ??= $("a-" + area.i);
    if (area.path.getAttribute("class") !== look) area.path.setAttribute("class", look);
    if (changed(area, day) && !(s && state.hiddenClasses.has(s.status))) turned.push([area.path, look]);
  }
  // Wide lines first, then the areas again, so that the lines frame what lies together.
  const copies = kind => turned.map(([path]) => element("path", { class: kind, d: path.getAttribute("d") }));
  const again = turned.flatMap(([path, look]) => [
    element("path", { class: "area s-unknown", d: path.getAttribute("d") }),
    element("path", { class: look, d: path.getAttribute("d") }),
  ]);
  $("changed").replaceChildren(...copies("turned-casing"), ...copies("turned"), ...again);
  choose();
}

// The outline of the unit that is read about.
function choose() {
  const unit = units.get(state.unit);
  const path = unit && unit.kind !== "spot" && $((unit.kind === "area" ? "a-" : "p-") + unit.i);
  for (const id of ["chosen-casing", "chosen"]) $(id).setAttribute("d", path ? path.getAttribute("d") : "");
}

// What takes room, so that nothing is written over it.
function room() {
  const taken = [];
  const free = box => box[0] > EDGE && box[1] > EDGE && box[2] < size.w - EDGE && box[3] < size.h - EDGE
    && !taken.some(t => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
  return { free, take: box => taken.push(box) };
}

const pen = document.createElement("canvas").getContext("2d");
const fonts = getComputedStyle(document.documentElement).getPropertyValue("--sans");
function width(words, look) {
  pen.font = `${look.weight} ${look.size}px ${fonts}`;
  return pen.measureText(look.caps ? words.toUpperCase() : words).width + (look.track || 0) * words.length;
}
const LOOKS = {
  metropolis: { size: 13.5, weight: 700 },
  capital: { size: 12, weight: 600 },
  town: { size: 11, weight: 600 },
  province: { size: 10.2, weight: 600, caps: true, track: 1.1 },
  district: { size: 10.5, weight: 400 },
  country: { size: 11.5, weight: 600, caps: true, track: 2.6 },
};

function write(names, free, words, kind, at, gap) {
  const look = LOOKS[kind];
  const w = width(words, look), h = look.size;
  const [x, y] = at;
  const spots = gap == null ? [[x - w / 2, y + h * .35]]
    : [[x + gap, y + h * .35], [x - gap - w, y + h * .35], [x - w / 2, y - gap - 2], [x - w / 2, y + gap + h * .85]];
  for (const [left, base] of spots) {
    const box = [left - 2, base - h * .85, left + w + 2, base + h * .3];
    if (!free.free(box)) continue;
    free.take(box);
    names.push(element("text", { class: "name-" + kind, x: left.toFixed(1), y: base.toFixed(1) }, words));
    return true;
  }
  return false;
}

// Events at one spot are one marker, led by the most important.
function markers() {
  const found = [];
  for (const n of eventsOf(state.day)) {
    const event = run.events[n];
    if (!event.at) continue;
    const [x, y] = screen(event.at);
    const near = found.find(m => m.coarse === event.coarse && Math.hypot(m.x - x, m.y - y) < MERGE);
    if (near) {
      near.events.push(n);
      near.claimed &&= event.modality === 1;
    } else {
      found.push({ x, y, events: [n], coarse: event.coarse, claimed: event.modality === 1 });
    }
  }
  for (const [i, mark] of found.entries()) {
    for (let turn = 0; turn < 8; turn++) {
      const other = found.slice(0, i).find(m => Math.hypot(m.x - mark.x, m.y - mark.y) < 2 * DISC + 4);
      if (!other) break;
      const far = Math.hypot(mark.x - other.x, mark.y - other.y);
      const [ux, uy] = far < 1 ? [1, 0] : [(mark.x - other.x) / far, (mark.y - other.y) / far];
      [mark.x, mark.y] = [other.x + ux * (2 * DISC + 5), other.y + uy * (2 * DISC + 5)];
    }
  }
  return found.filter(m => m.x > -DISC && m.y > -DISC && m.x < size.w + DISC && m.y < size.h + DISC);
}

function marker(mark) {
  const lead = run.events[mark.events[0]];
  const [glyph, kind] = words.groups[lead.group];
  const many = mark.events.length, badge = 7.2 + 6 * String(many).length;
  const label = `${text(lead.place)}: ${many > 1 ? fill(say.events_here, { n: many }) : text(lead.head)}`;
  const look = `mark${mark.coarse ? " coarse" : mark.claimed ? " claimed" : ""}`;
  return element("g", {
    class: look, tabindex: 0, role: "button", "aria-label": label, "data-events": mark.events.join(" "),
    "data-kind": kind, transform: `translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`,
  },
  element("circle", { class: "room", r: DISC + 6 }),
  element("circle", { class: "ring", r: DISC + 2 }),
  element("circle", { class: "disc", r: DISC - .4 }),
  element("use", { href: "#glyph-" + glyph }),
  many > 1 && element("rect", { class: "badge", x: 8.6 - badge / 2, y: -15.2, width: badge, height: 13.2, rx: 6.6 }),
  many > 1 && element("text", { class: "badge-count", x: 8.6, y: -5 }, String(many)));
}

function dot(spot, [x, y], kind) {
  const s = said(spot, state.day);
  const shown = s && s.status !== UNKNOWN && !state.hiddenClasses.has(s.status);
  const large = kind === "metropolis" || (kind === "capital" && shown);
  const r = large ? 5.2 : kind === "capital" ? 2.9 : 4;
  const look = shown ? `s-${classes[s.status].key}` : large ? "empty" : "plain";
  return element("g", {
    class: `dot ${look} ${state.unit === spot.i ? "is-chosen" : ""}`, "data-unit": spot.i,
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
  },
  element("circle", { class: "room", r: r + 5 }),
  element("circle", { class: "halo", r: r + 1.2 }),
  element("circle", { class: "fill", r }),
  large && element("circle", { class: "core", r: 2.3 }));
}

// Kilometres above, miles below, as many as are short and round.
function round(most) {
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * [5, 2, 1].find(n => n * unit <= most);
}

function scaleBar(free) {
  const km = scale * run.kilometre, longest = Math.max(90, Math.min(190, size.w / 6));
  const half = round(longest / km / 2), miles = round(2 * half / words.mile);
  const full = 2 * half * km, far = miles * words.mile * km;
  const x = size.w - full - 44, y = size.h - 34;
  const mark = (at, base, said) => element("text", { x: (x + at).toFixed(1), y: base }, said);
  const d = `M${x} ${y}h${full}M${x} ${y - 5}v10M${x + full / 2} ${y - 5}v5M${x + full} ${y - 5}v5M${x + far} ${y}v5`;
  $("scale").replaceChildren(...[
    element("path", { class: "casing", d }), element("path", { d }),
    mark(0, y - 9, "0"), full > 70 && mark(full / 2, y - 9, String(half)), mark(full, y - 9, fill(words.scale_km, { n: 2 * half })),
    mark(far, y + 16, fill(words.scale_miles, { n: miles })),
  ].filter(Boolean));
  free.take([x - 8, y - 22, size.w, y + 22]);
}

// Whether a country's name would stand clear of the map's own country, at this scale.
const home = document.querySelector(".base");
const clear = { scale: 0, known: new Map() };
function abroad(country, spot) {
  if (clear.scale !== scale) [clear.scale, clear.known] = [scale, new Map()];
  if (!clear.known.has(spot)) clear.known.set(spot, isAbroad(country, spot));
  return clear.known.get(spot);
}

function isAbroad(country, [x, y]) {
  const half = (width(country.n, LOOKS.country) / 2 + 10) / scale, up = 14 / scale;
  return [-1, -.6, -.2, .2, .6, 1].every(part => [-1, 1].every(side => {
    const at = svg.createSVGPoint();
    [at.x, at.y] = [x + part * half, y + side * up];
    return !home.isPointInFill(at);
  }));
}

// Markers, dots and names, the most important first; what finds no room is left out.
function label() {
  if (!scale) return;
  const names = [], dots = [], free = room();
  const buttons = $("zoom");
  free.take([0, 0, buttons.offsetLeft + buttons.offsetWidth + 4, buttons.offsetTop + buttons.offsetHeight + 4]);
  scaleBar(free);
  const found = markers();
  for (const m of found) free.take([m.x - DISC - 2, m.y - DISC - 2, m.x + DISC + 2, m.y + DISC + 2]);
  const narrow = size.w < 560;
  const named = new Map();
  const spot = (unit, kind) => {
    const at = screen(unit.at);
    if (at[0] < 0 || at[1] < 0 || at[0] > size.w || at[1] > size.h) return;
    // A district that is only a point bears the name of its capital.
    const twin = named.get(unit.n);
    if (kind === "town" && twin && Math.hypot(twin[0] - at[0], twin[1] - at[1]) < 6 * DISC) return;
    // Only a marker of this very place is named by it.
    const own = ({ unit: id, at: [x, y] }) => text(id) === unit.i || Math.hypot(x - unit.at[0], y - unit.at[1]) * scale < 4;
    const marked = found.find(m => m.events.some(n => own(run.events[n])));
    const reach = marked ? DISC + 4 : kind === "metropolis" ? 8 : 7;
    const box = [at[0] - 5, at[1] - 5, at[0] + 5, at[1] + 5];
    if (!marked && !free.free(box)) return;
    if (write(names, free, unit.n, kind, marked ? [marked.x, marked.y] : at, reach)) named.set(unit.n, at);
    if (!marked) {
      free.take(box);
      dots.push(dot(unit, at, kind));
    }
  };
  const told = unit => status(unit, state.day) !== UNKNOWN;
  const closer = camera.zoom;
  if (metropolis) spot(metropolis, "metropolis");
  for (const unit of capitals) if (unit !== metropolis && told(unit)) spot(unit, "capital");
  const wide = run.provinces.length ? run.provinces : run.areas;
  for (const unit of [...wide].sort((a, b) => b.w - a.w)) {
    const reach = Math.sqrt(unit.w) * scale * 10 * 1.25;
    if (!named.has(unit.n) && width(unit.n, LOOKS.province) < reach) {
      write(names, free, unit.n, "province", screen(unit.at));
    }
  }
  for (const unit of capitals) {
    if (unit !== metropolis && !told(unit) && (closer > 1.8 || (unit.w >= 50000 && !narrow))) spot(unit, "capital");
  }
  for (const unit of run.spots) if (unit.l !== "capital" && told(unit)) spot(unit, "town");
  if (run.provinces.length && closer > 2.2) {
    for (const unit of run.areas) {
      if (!named.has(unit.n) && width(unit.n, LOOKS.district) < Math.sqrt(unit.w) * scale * 10 * 1.3) {
        write(names, free, unit.n, "district", screen(unit.at));
      }
    }
  }
  for (const country of run.countries) {
    country.at.some(spot => abroad(country, spot) && write(names, free, country.n, "country", screen(spot)));
  }
  $("names").replaceChildren(...dots, ...names);
  const focus = document.activeElement?.dataset?.events;
  $("marks").replaceChildren(...found.reverse().map(marker));
  if (focus) [...$("marks").children].find(m => m.dataset.events === focus)?.focus();
}
