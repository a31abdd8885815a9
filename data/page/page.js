// The rest of the page: days, filters, reading, search, and where a link leads.
const tip = $("tip"), range = $("day");
let playing = null;

function show(day) {
  state.day = Math.max(0, Math.min(last, day));
  const issue = run.days[state.day];
  $("title").textContent = issue.title;
  $("subtitle").textContent = issue.subtitle;
  document.title = `${issue.title} · ${dated(state.day, words.date)}`;
  $("date").textContent = dated(state.day, words.long_date);
  $("sources").textContent = issue.sources;
  range.value = state.day;
  range.setAttribute("aria-valuetext", dated(state.day, words.long_date));
  tip.hidden = true;
  redraw();
  mark();
  if (!playing) tell();
}

function tell() {
  $("live").textContent = `${dated(state.day, words.long_date)}. ${run.days[state.day].title}`;
}

function redraw() {
  paint();
  label();
  legend();
  list();
  read();
  cursor();
}

// Legend and filters.

function swatch(key) {
  return element("svg", { class: "swatch flat", "aria-hidden": "true", viewBox: "0 0 26 14" },
    element("rect", { class: "s-" + key, width: 26, height: 14 }));
}

function glyph(group, look = "") {
  return element("svg", { class: "glyph " + look, "aria-hidden": "true", viewBox: "-11 -11 22 22" },
    element("circle", { class: "disc", r: 10.4 }), element("use", { href: "#glyph-" + words.groups[group][0] }));
}

function filter(hidden, value, ...inside) {
  const box = element("input", { type: "checkbox" });
  box.checked = true;
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(value); else hidden.add(value);
    redraw();
  });
  return element("label", { title: say.filter_hint }, box, ...inside);
}

const classCounts = classes.map(() => element("b"));
const changedCount = element("b"), changedWords = element("span"), staleCount = element("b");
const groups = [...new Set(run.days.flatMap(d => d.events.map(n => run.events[n].group)))].sort((a, b) => a - b);
const groupCounts = new Map(groups.map(group => [group, element("b")]));

function furnish() {
  $("classes").append(...classes.map(({ key, label }, n) => {
    const inside = [swatch(key), element("span", {}, label), classCounts[n]];
    const row = n === UNKNOWN ? element("div", {}, ...inside) : filter(state.hiddenClasses, n, ...inside);
    row.classList.add("row");
    row.dataset.status = key;
    return row;
  }), element("div", { class: "row" },
    element("svg", { class: "swatch", "aria-hidden": "true", viewBox: "0 0 26 14" },
      element("rect", { class: "turned-key", x: 1.2, y: 1.2, width: 23.6, height: 11.6 })),
    changedWords, changedCount),
  element("div", { class: "row", id: "stale" },
    element("svg", { class: "swatch", "aria-hidden": "true", viewBox: "0 0 26 14" },
      element("rect", { class: "s-unknown", width: 26, height: 14 }),
      element("rect", { class: "s-taliban stale", width: 26, height: 14 })),
    element("span", {}, words.stale), staleCount));
  $("groups").append(...groups.map(group => {
    const chip = filter(state.hiddenGroups, group, glyph(group), element("span", {}, words.groups[group][1]),
      groupCounts.get(group));
    chip.classList.add("chip");
    chip.dataset.group = words.groups[group][0];
    return chip;
  }), element("p", { class: "quiet key" }, `${words.claimed_event}. ${words.coarse_event}.`));
}

function legend() {
  const sums = counts[state.day];
  sums.forEach((n, i) => { classCounts[i].textContent = n; });
  const before = Math.max(0, state.day - 1);
  changedWords.textContent = fill(words.changed, { date: dated(before, words.short_date) });
  const old = run.areas.filter(area => (said(area, state.day)?.flags ?? 0) & STALE).length;
  staleCount.textContent = old;
  $("stale").hidden = !old;
  changedCount.textContent = run.areas.filter(area => changed(area, state.day)).length;
  let x = 0;
  $("bar").setAttribute("viewBox", "0 0 300 9");
  $("bar").setAttribute("preserveAspectRatio", "none");
  $("bar").replaceChildren(...sums.map((n, i) => {
    const wide = 300 * n / run.areas.length;
    const part = n && element("rect", { class: "s-" + classes[i].key, x: x.toFixed(2), width: wide.toFixed(2), height: 9 });
    x += wide;
    return part;
  }).filter(Boolean));
  const today = run.days[state.day].events.map(n => run.events[n].group);
  $("event-count").textContent = eventsOf(state.day).length;
  for (const [group, count] of groupCounts) {
    const n = today.filter(g => g === group).length;
    count.textContent = n || "";
    count.parentElement.classList.toggle("none", !n);
  }
}

// The day's events, and what is read about a unit or a marker.

function list() {
  const shown = eventsOf(state.day);
  const none = run.days[state.day].events.length ? say.hidden_events : say.no_events;
  $("event-list").replaceChildren(...(shown.length ? shown.map(n => {
    const event = run.events[n];
    const open = element("button", { type: "button", "data-events": n }, glyph(event.group, look(event)),
      element("span", {}, text(event.head), element("small", {}, text(event.place))));
    return element("li", {}, open);
  }) : [element("li", { class: "quiet" }, none)]));
}

const look = event => event.coarse ? "coarse" : event.modality === 1 ? "claimed" : "";

const printed = ([outlet, day]) => day == null ? text(outlet) : `${text(outlet)}, ${dated(day, words.date)}`;

// A name that began a sentence, within one.
const within = name => name.startsWith(say.article) ? name[0].toLowerCase() + name.slice(1) : name;

function evidence(n) {
  const event = run.events[n];
  const [quoted, ...others] = event.sources.map(printed);
  const also = others.length ? fill(say.also, { sources: others.join("; ") }) : "";
  const how = [null, say.claimed, say.admitted, say.denied][event.modality];
  const own = event.by != null && text(event.by) === text(event.sources[0]?.[0]);
  const by = event.by == null || own ? null : fill(say.said_by, { by: within(text(event.by)) });
  const link = event.url == null ? null
    : element("a", { href: text(event.url), rel: "noopener noreferrer", target: "_blank" }, say.report);
  return element("li", { class: "evidence" }, glyph(event.group, look(event)), element("div", {},
    element("h3", {}, text(event.head)),
    element("p", { class: "when" }, [text(event.place), daysOf(event)].join(" · ")),
    text(event.quote) && element("blockquote", {}, text(event.quote)),
    element("p", { class: "source" }, quoted, by && ` (${by})`, also && ". ", also, link && " ", link),
    element("p", { class: "how" }, [how, event.coarse && say.coarse].filter(Boolean).join(". "))));
}

function remarks(s) {
  const flags = [[STALE, "stale"], [CONFLICT, "conflict"], [DERIVED, "derived"], [BASELINE, "baseline"],
    [EDITOR, "editor"], [WHOLE, "whole"]];
  const told = flags.filter(([bit]) => s.flags & bit).map(([, word]) => say[word]);
  const before = [null, say.before_taliban, say.before_government][s.before];
  const sources = s.status === UNKNOWN ? null : s.independent > 1 ? fill(say.independent, { n: s.independent }) : s.independent ? say.independent_one : null;
  return [before, say[PRESSURES[s.pressure]], ...told, sources].filter(Boolean).join(" ");
}

function shares(s) {
  if (!s.shares) return "";
  const names = ["taliban", "contested", "claimed", "government", "unknown"];
  const parts = s.shares.map((n, i) => n && fill(say["share_" + names[i]], { n })).filter(Boolean);
  return parts.length ? fill(say.shares, { shares: parts.join(", ") }) : "";
}

// A unit's statuses over the run as one band.
function band(unit) {
  const days = last + 1;
  const parts = unit.spells.map(s => element("rect", {
    class: `s-${classes[s.status].key}${s.flags & STALE ? " stale" : ""}`, x: s.from / days * 300, width: (s.to - s.from + 1) / days * 300, height: 12,
  }));
  return element("svg", { class: "band flat", viewBox: "0 0 300 12", preserveAspectRatio: "none", role: "img", "aria-label": say.history },
    element("rect", { class: "s-unknown", width: 300, height: 12 }), ...parts,
    element("rect", { class: "now", x: (state.day + .5) / days * 300 - 1, width: 2, height: 12 }));
}

// Other units to read about: the province around, and the places inside.
function link(unit) {
  const n = status(unit, state.day);
  return element("button", { type: "button", class: "link", "data-unit": unit.i },
    swatch(classes[n].key), element("span", {}, unit.n, element("small", {}, kindOf(unit))));
}

function neighbours(unit) {
  const around = run.provinces.find(p => unit.kind === "area" && p.n === unit.p)
    ?? run.areas.find(area => unit.kind === "spot" && area.i === unit.a);
  const inside = run.spots.filter(spot => spot.a === unit.i && (spot.l === "capital" || status(spot, state.day) !== UNKNOWN));
  const links = [...inside, around].filter(Boolean);
  return links.length ? element("div", { class: "links" }, ...links.map(link)) : null;
}

const LISTED = 8;
function alsoHere(unit, behind) {
  const other = reportedIn(unit, state.day, behind);
  if (!other.length) return [];
  return [element("h4", {}, say.also_here), element("ol", { class: "behind" }, ...other.slice(0, LISTED).map(evidence)),
    other.length > LISTED && element("p", { class: "quiet" }, fill(say.other_events, { n: other.length - LISTED }))];
}

function about(unit) {
  const s = said(unit, state.day);
  const n = s ? s.status : UNKNOWN;
  const behind = s ? [...s.evidence].reverse() : [];
  return [
    element("h2", { tabindex: -1 }, unit.n),
    element("p", { class: "kind" }, kindOf(unit)),
    element("p", { class: "status" }, swatch(classes[n].key), element("strong", {}, named(unit, s)), " ", sinceOf(s)),
    s && element("p", { class: "remarks" }, [remarks(s), shares(s)].filter(Boolean).join(" ")),
    band(unit),
    neighbours(unit),
    behind.length ? element("ol", { class: "behind" }, ...behind.map(evidence))
      : n === UNKNOWN && element("p", { class: "quiet none-known" }, say.no_evidence),
    ...alsoHere(unit, behind),
  ];
}

function read() {
  const unit = units.get(state.unit);
  const open = unit || state.events;
  $("side").classList.toggle("reading", !!open);
  $("detail").hidden = !open;
  if (unit) $("detail-body").replaceChildren(...about(unit).filter(Boolean));
  else if (state.events) {
    $("detail-body").replaceChildren(
      element("h2", { tabindex: -1 }, text(run.events[state.events[0]].place)),
      element("ol", { class: "behind" }, ...state.events.map(evidence)));
  } else $("detail-body").replaceChildren();
}

let opener = null;
function open(unit, events) {
  opener = document.activeElement;
  state.unit = unit;
  state.events = events;
  tip.hidden = true;
  choose();
  label();
  read();
  mark();
  $("detail").scrollTop = 0;
  if (unit || events) $("detail-body").querySelector("h2").focus({ preventScroll: true });
}

function close() {
  const back = opener;
  open(null, null);
  if (back?.isConnected) back.focus({ preventScroll: true });
}

// The chart of control over time lies right above the slider. What nobody reports is left out of it.

const KNOB = 8, BELOW = 22;
const STACK = ["taliban", "claimed_taliban", "contested", "claimed_government", "government"]
  .map(key => classes.findIndex(c => c.key === key));
const most = Math.max(1, ...counts.map(sums => STACK.reduce((sum, n) => sum + sums[n], 0)));
let stride = 0;

function chart() {
  const box = $("chart"), w = box.clientWidth, h = box.clientHeight - BELOW;
  stride = (w - 2 * KNOB) / Math.max(1, last);
  const at = day => KNOB + day * stride;
  const y = sum => (h - sum / most * (h - 4)).toFixed(1);
  const left = day => (at(day) - stride / 2).toFixed(1), right = day => (at(day) + stride / 2).toFixed(1);
  const parts = [];
  let low = run.days.map(() => 0);
  for (const n of STACK) {
    const high = low.map((sum, day) => sum + counts[day][n]);
    if (high.some((sum, day) => sum > low[day])) {
      const there = high.map((sum, day) => `${left(day)} ${y(sum)}H${right(day)}`).join("L");
      const back = low.map((sum, day) => `L${right(day)} ${y(sum)}H${left(day)}`).reverse().join("");
      parts.push(element("path", { class: "s-" + classes[n].key, d: `M${there}${back}Z` }));
    }
    low = high;
  }
  parts.unshift(element("line", { class: "grid", x1: 0, x2: w, y1: y(most), y2: y(most) }));
  parts.push(element("line", { class: "axis", x1: 0, x2: w, y1: h, y2: h }),
    element("text", { class: "most", x: 0, y: +y(most) + 12 }, fill(say.most, { n: most, all: run.areas.length, unit: words.unit })),
    ...ticks(at, h, w),
    element("g", { id: "cursor" }, element("rect", { x: -1, y: 0, width: 2, height: h }), element("circle", { r: 7, cy: h })));
  box.replaceChildren(...parts);
  cursor();
}

// Mondays, and the first of each month, named as far as there is room.
function ticks(at, h, w) {
  const parts = [];
  let free = 0;
  run.days.forEach((_, day) => {
    const date = new Date(begin + day * 86400000);
    const month = date.getUTCDate() === 1;
    if (!month && date.getUTCDay() !== 1) return;
    parts.push(element("line", { class: "axis", x1: at(day), x2: at(day), y1: h, y2: h + (month ? 8 : 5) }));
    const name = dated(day, words.short_date);
    const wide = width(name, { size: 10.8, weight: 400 }), x = Math.max(0, at(day) - wide / 2);
    if (x < free || x + wide > w) return;
    parts.push(element("text", { class: "tick-name", x, y: h + 19 }, name));
    free = x + wide + 12;
  });
  return parts;
}

function cursor() {
  $("cursor")?.setAttribute("transform", `translate(${(KNOB + state.day * stride).toFixed(1)} 0)`);
}

function play(on = !playing) {
  clearInterval(playing);
  playing = null;
  if (on && state.day === last) show(0);
  if (on) {
    playing = setInterval(() => {
      if (state.day < last) show(state.day + 1);
      if (state.day === last) play(false);
    }, 800);
  }
  document.body.classList.toggle("playing", !!playing);
  $("play").setAttribute("aria-label", playing ? say.pause : say.play);
  if (!on) tell();
}

// Search.

const folded = name => name.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
// Spellings differ in their vowels: Pul-i-Khumri, Fayzabad.
const bones = key => key.replace(/[aeiouwy]/g, "").replace(/(.)\1/g, "$1");
const index = [...units.values()].map(unit => ({ unit, key: folded(unit.n), bones: bones(folded(unit.n)) }));
let picked = -1;

function find() {
  const wanted = folded($("search").value);
  const order = ({ unit, key }) => [key === wanted ? 0 : key.startsWith(wanted) ? 1 : 2,
    unit.kind === "province" ? 0 : unit.l === "capital" ? 1 : 2, unit.n];
  const alike = bones(wanted);
  let near = wanted ? index.filter(({ key }) => key.includes(wanted)) : [];
  if (!near.length && alike.length > 2) near = index.filter(hit => hit.bones.startsWith(alike));
  const hits = near.map(hit => [order(hit), hit.unit]);
  hits.sort(([a], [b]) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  picked = -1;
  $("found").replaceChildren(...hits.slice(0, 8).map(([, unit], n) => element("li", {
    id: "hit-" + n, role: "option", "aria-selected": "false", "data-unit": unit.i,
  }, swatch(classes[status(unit, state.day)].key), element("span", {}, unit.n, element("small", {}, kindOf(unit))))));
  if (wanted && !hits.length) $("found").append(element("li", { class: "quiet" }, say.none_found));
  $("found").hidden = !wanted;
  $("search").setAttribute("aria-expanded", String(!!wanted));
  $("search").removeAttribute("aria-activedescendant");
}

function go(id) {
  const unit = units.get(id);
  if (!unit) return;
  $("search").value = "";
  find();
  [camera.x, camera.y] = unit.at;
  camera.zoom = unit.kind === "province" ? Math.max(camera.zoom, 2) : Math.max(camera.zoom, 3);
  place();
  open(id, null);
}

function pick(event) {
  const hits = [...$("found").querySelectorAll("[role=option]")];
  if (event.key === "Enter" && hits.length) return go(hits[Math.max(0, picked)].dataset.unit);
  if (event.key === "Escape") { $("search").value = ""; return find(); }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !hits.length) return;
  event.preventDefault();
  picked = (picked + step + hits.length) % hits.length;
  hits.forEach((hit, n) => hit.setAttribute("aria-selected", String(n === picked)));
  $("search").setAttribute("aria-activedescendant", hits[picked].id);
}

// Links: #2021-07-07/AF2101.

function mark() {
  const hash = "#" + iso(state.day) + (state.unit ? "/" + encodeURIComponent(state.unit) : "");
  if (hash !== location.hash) history.replaceState(null, "", hash);
}

function follow() {
  const [, day, unit] = /^#(\d{4}-\d\d-\d\d)(?:\/(.+))?$/.exec(location.hash) || [];
  const n = day ? numbered(day) : last;
  let id = null;
  try { id = unit ? decodeURIComponent(unit) : null; } catch { id = null; }
  state.unit = units.has(id) ? id : null;
  state.events = null;
  show(Number.isFinite(n) ? n : last);
}

// Pointers.

function under(target) {
  const marked = target.closest?.("[data-events]");
  if (marked) return { events: marked.dataset.events.split(" ").map(Number) };
  const spot = target.closest?.("[data-unit]");
  if (spot) return { unit: spot.dataset.unit };
  const area = target.closest?.(".area");
  return area?.id ? { unit: area.id.slice(2) } : null;
}

function hint(event) {
  const what = event.pointerType === "touch" || drag?.moved ? null : under(event.target);
  tip.hidden = !what;
  if (!what) return;
  const unit = units.get(what.unit);
  if (unit) {
    const s = said(unit, state.day), n = s ? s.status : UNKNOWN;
    tip.replaceChildren(element("strong", {}, unit.n), element("small", {}, kindOf(unit)),
      element("span", {}, swatch(classes[n].key), ` ${named(unit, s)} ${sinceOf(s)}`),
      ...(s?.evidence.length ? glance(s.evidence.at(-1), s.evidence.length - 1) : []));
  } else {
    const heads = what.events.slice(0, 4).map(n => element("span", {}, text(run.events[n].head)));
    tip.replaceChildren(element("strong", {}, text(run.events[what.events[0]].place)), ...heads,
      ...(what.events.length > 4 ? [element("small", {}, "…")] : []),
      ...(what.events.length === 1 ? glance(what.events[0], 0) : []));
  }
  const box = $("stage").getBoundingClientRect();
  const x = event.clientX - box.left, y = event.clientY - box.top;
  tip.style.left = Math.max(6, Math.min(x + 14, box.width - tip.offsetWidth - 6)) + "px";
  tip.style.top = (y + 18 + tip.offsetHeight < box.height ? y + 18 : Math.max(6, y - tip.offsetHeight - 12)) + "px";
}

// A piece of evidence in brief, and how many more there are.
const BRIEF = 26;
function glance(n, more) {
  const event = run.events[n];
  const all = text(event.quote).split(" ");
  const brief = all.length > BRIEF ? all.slice(0, BRIEF).join(" ") + " …" : all.join(" ");
  const outlet = event.sources.length ? printed(event.sources[0]) : "";
  return [brief && element("q", {}, brief),
    element("small", {}, [outlet, more && fill(say.more, { n: more })].filter(Boolean).join(" · "))].filter(Boolean);
}

const touches = new Map();
let drag = null, pinch = null;

function press(event) {
  touches.set(event.pointerId, [event.clientX, event.clientY]);
  drag = { x: event.clientX, y: event.clientY, moved: false };
  pinch = null;
}

function move(event) {
  hint(event);
  if (!touches.has(event.pointerId)) return;
  touches.set(event.pointerId, [event.clientX, event.clientY]);
  if (touches.size === 2) {
    const [[ax, ay], [bx, by]] = [...touches.values()];
    const apart = Math.hypot(ax - bx, ay - by), box = svg.getBoundingClientRect();
    if (pinch) approach(pinch.zoom * apart / pinch.apart, [(ax + bx) / 2 - box.left, (ay + by) / 2 - box.top]);
    else pinch = { apart, zoom: camera.zoom };
    drag.moved = true;
    return;
  }
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(dx, dy) < 5) return;
  drag.moved = true;
  if (camera.zoom === 1) return;
  camera.x -= dx / scale;
  camera.y -= dy / scale;
  [drag.x, drag.y] = [event.clientX, event.clientY];
  place();
}

function release(event) {
  touches.delete(event.pointerId);
}

function tap(event) {
  const what = !drag?.moved && under(event.target);
  drag = null;
  if (what) open(what.unit ?? null, what.events ?? null);
}

function keys(event) {
  const inside = event.target.closest?.("input:not([type=range]):not([type=checkbox])");
  if (inside || event.ctrlKey || event.metaKey || event.altKey) return;
  const pressed = event.target.closest?.("[role=button]");
  if (pressed && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    return open(null, under(pressed).events);
  }
  if (event.key === "Escape" && !$("detail").hidden) return close();
  if (event.key === " " && !event.target.closest?.("button, a, [type=checkbox]")) {
    event.preventDefault();
    return play();
  }
  if (event.target === range) return;
  const day = { ArrowLeft: state.day - 1, ArrowRight: state.day + 1, Home: 0, End: last }[event.key];
  if (day == null) return;
  event.preventDefault();
  play(false);
  show(day);
}

function theme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
  document.documentElement.dataset.theme = dark ? "light" : "dark";
}

furnish();
range.max = last;
range.addEventListener("input", () => { play(false); show(+range.value); });
$("earlier").addEventListener("click", () => { play(false); show(state.day - 1); });
$("later").addEventListener("click", () => { play(false); show(state.day + 1); });
$("play").addEventListener("click", () => play());
$("theme").addEventListener("click", theme);
$("close").addEventListener("click", close);
$("detail-body").addEventListener("click", event => {
  const chosen = event.target.closest("[data-unit]");
  if (chosen) open(chosen.dataset.unit, null);
});
$("zoom-in").addEventListener("click", () => approach(camera.zoom * 1.6));
$("zoom-out").addEventListener("click", () => approach(camera.zoom / 1.6));
$("zoom-reset").addEventListener("click", () => approach(1));
$("search").addEventListener("input", find);
$("search").addEventListener("keydown", pick);
$("found").addEventListener("click", event => go(event.target.closest("[data-unit]")?.dataset.unit));
$("event-list").addEventListener("click", event => {
  const what = under(event.target);
  if (what?.events) open(null, what.events);
});
svg.addEventListener("pointerdown", press);
svg.addEventListener("pointermove", move);
svg.addEventListener("pointerup", release);
svg.addEventListener("pointercancel", release);
svg.addEventListener("pointerleave", event => { release(event); tip.hidden = true; });
svg.addEventListener("click", tap);
svg.addEventListener("wheel", event => {
  if (!event.ctrlKey && camera.zoom === 1 && event.deltaY > 0) return;
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  approach(camera.zoom * Math.exp(-event.deltaY / 300), [event.clientX - box.left, event.clientY - box.top]);
}, { passive: false });
document.addEventListener("keydown", keys);
addEventListener("hashchange", follow);
new ResizeObserver(() => { place(); chart(); }).observe($("stage"));
document.fonts?.ready.then(() => { label(); chart(); });
place();
follow();
chart();
