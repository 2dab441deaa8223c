// The board's map: land, borders and incidents, all from this host. Incidents are drawn where the
// record puts them, never moved apart, each with a circle of how far off it may be. Where they would
// overlap the server gives one cluster for them: what is drawn follows from the view, not from the
// size of the record.

import * as maplibregl from "./vendor/maplibre/maplibre-gl.mjs";

maplibregl.setWorkerUrl(new URL("./vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);

const EARTH_AROUND_M = 40_075_016.686;
const TILE_PX = 512;
const MAX_ZOOM = 16;
const FIT_MAX_ZOOM = 7;
const MARGIN = 0.75; // of the view, fetched on each side, so that a pan finds its clusters there
const ONE_PLACE_DEG = 1e-4;
const MAX_TOLD = 8; // incidents named in a popup
const MAX_LAT = 85;
const BASEMAP = new URL("./basemap/", import.meta.url).href;

const holder = document.getElementById("map");
const note = document.getElementById("map-note");
const here = document.getElementById("here");

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Pixels that a circle of `km` spans at zoom 0; it doubles with each zoom. */
function radiusAtZoom0(km, lat) {
  return (km * 1000 * TILE_PX) / (EARTH_AROUND_M * Math.cos((lat * Math.PI) / 180));
}

const NOTHING = { type: "FeatureCollection", features: [] };

function wrap(lon) {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

/** The view as west,south,east,north, widened by a share of itself on each side. */
function boxParameter(map, margin) {
  const view = map.getBounds();
  const wide = (view.getEast() - view.getWest()) * margin;
  const high = (view.getNorth() - view.getSouth()) * margin;
  const west = view.getWest() - wide;
  const east = view.getEast() + wide;
  const sides = east - west >= 360 ? [-180, 180] : [wrap(west), wrap(east)];
  const south = Math.max(view.getSouth() - high, -90);
  const north = Math.min(view.getNorth() + high, 90);
  return [sides[0], south, sides[1], north].map((side) => side.toFixed(4)).join(",");
}

/** Keeps the source of incidents as the view wants it: one request at a time, the newest last. */
class Incidents {
  constructor(map) {
    this.map = map;
    this.covered = null;
    this.asking = null;
  }

  /** True where what is drawn reaches beyond the view, in cells of this zoom. */
  isCovered() {
    if (!this.covered || this.covered.zoom !== Math.floor(this.map.getZoom())) return false;
    const view = this.map.getBounds();
    const { west, east, south, north } = this.covered;
    return (
      view.getWest() >= west && view.getEast() <= east &&
      Math.max(view.getSouth(), -MAX_LAT) >= south && Math.min(view.getNorth(), MAX_LAT) <= north
    );
  }

  async follow() {
    if (!this.isCovered()) await this.load();
  }

  async load() {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const zoom = Math.floor(this.map.getZoom());
    const view = this.map.getBounds();
    const wide = (view.getEast() - view.getWest()) * MARGIN;
    const high = (view.getNorth() - view.getSouth()) * MARGIN;
    const address = new URL(holder.dataset.clusters, location.href);
    address.searchParams.set("view", boxParameter(this.map, MARGIN));
    address.searchParams.set("zoom", String(Math.max(zoom, 0)));
    let found;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      found = await answer.json();
    } catch (error) {
      if (error.name === "AbortError") return;
      throw error;
    }
    for (const feature of found.features) {
      const { uncertainty_km: km } = feature.properties;
      feature.properties.r0 = radiusAtZoom0(km ?? 0, feature.geometry.coordinates[1]);
    }
    this.covered = {
      zoom,
      west: view.getWest() - wide,
      east: view.getEast() + wide,
      south: Math.max(view.getSouth() - high, -MAX_LAT),
      north: Math.min(view.getNorth() + high, MAX_LAT),
    };
    this.data = found;
    this.map.getSource("incidents")?.setData(found);
  }
}

function style(found) {
  const grown = ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "r0"], 20, ["*", ["get", "r0"], 2 ** 20]];
  const alone = ["!", ["has", "count"]];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: `${BASEMAP}land.geojson` },
      borders: { type: "geojson", data: `${BASEMAP}borders.geojson` },
      incidents: { type: "geojson", data: found },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
      {
        id: "borders", type: "line", source: "borders", filter: ["!", ["get", "disputed"]],
        paint: { "line-color": colour("--border"), "line-width": 0.8 },
      },
      {
        id: "disputed", type: "line", source: "borders", filter: ["get", "disputed"],
        paint: { "line-color": colour("--border"), "line-width": 0.9, "line-dasharray": [3, 3] },
      },
      {
        id: "about", type: "circle", source: "incidents", filter: alone,
        paint: {
          "circle-radius": grown,
          "circle-color": colour("--about"),
          "circle-opacity": 0.15,
          "circle-stroke-color": colour("--about"),
          "circle-stroke-opacity": 0.6,
          "circle-stroke-width": 1,
          "circle-pitch-scale": "map",
        },
      },
      {
        id: "clusters", type: "circle", source: "incidents", filter: ["has", "count"],
        paint: {
          "circle-color": colour("--point"),
          "circle-opacity": 0.85,
          "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 9, 4, 30],
        },
      },
      {
        id: "counts", type: "symbol", source: "incidents", filter: ["has", "count"],
        layout: {
          "text-field": ["step", ["get", "count"],
            ["to-string", ["get", "count"]],
            1000, ["concat", ["to-string", ["/", ["round", ["/", ["get", "count"], 100]], 10]], "k"],
            10000, ["concat", ["to-string", ["round", ["/", ["get", "count"], 1000]]], "k"]],
          "text-font": ["sans-serif"],
          "text-size": 12,
          "text-allow-overlap": true,
        },
        paint: { "text-color": colour("--on-point") },
      },
      {
        id: "points", type: "circle", source: "incidents", filter: alone,
        paint: {
          "circle-radius": 5,
          "circle-color": ["match", ["get", "status"], "disputed", colour("--disputed"), colour("--point")],
          "circle-stroke-color": colour("--land"),
          "circle-stroke-width": 1.5,
        },
      },
    ],
  };
}

function linkTo(href, words) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = words;
  link.dir = "auto";
  return link;
}

/** A list of incidents at one place, with a way to all of them where there are more. */
function popup(map, at, told, more) {
  const list = document.createElement("ul");
  list.className = "popup";
  for (const one of told) {
    const item = document.createElement("li");
    item.append(`${one.day ?? "undated"} `, linkTo(`/incidents/${encodeURIComponent(one.id)}`, one.title));
    list.append(item);
  }
  if (more) {
    const item = document.createElement("li");
    item.append(more);
    list.append(item);
  }
  new maplibregl.Popup({ maxWidth: "22rem" }).setLngLat(at).setDOMContent(list).addTo(map);
}

/** This page's address, narrowed to a box. */
function narrowed(bbox) {
  const address = new URL(location.href);
  for (const name of ["cursor", "near", "polygon"]) address.searchParams.delete(name);
  address.searchParams.set("bbox", bbox);
  return address;
}

/** What stands at one place, the newest of it by name. */
async function tell(map, at, [west, south, east, north], count) {
  const around = [west - ONE_PLACE_DEG, south - ONE_PLACE_DEG, east + ONE_PLACE_DEG, north + ONE_PLACE_DEG];
  const bbox = around.map((side) => side.toFixed(5)).join(",");
  const address = new URL(holder.dataset.list, location.href);
  for (const name of ["near", "polygon"]) address.searchParams.delete(name);
  address.searchParams.set("bbox", bbox);
  address.searchParams.set("limit", String(MAX_TOLD));
  const answer = await fetch(address);
  if (!answer.ok) return;
  const found = await answer.json();
  const told = found.items.map((one) => ({
    id: one.id,
    title: one.title,
    day: (one.date?.value.earliest ?? one.date?.value.latest ?? "").slice(0, 10) || null,
  }));
  popup(map, at, told, count > told.length ? linkTo(narrowed(bbox).href, `All ${count.toLocaleString("en")} here`) : null);
}

async function open(map, feature) {
  const { count } = feature.properties;
  const bbox = JSON.parse(feature.properties.bbox);
  const [west, south, east, north] = bbox;
  if (Math.max(east - west, north - south) < ONE_PLACE_DEG || map.getZoom() >= MAX_ZOOM - 1) {
    await tell(map, feature.geometry.coordinates, bbox, count);
    return;
  }
  const closer = map.getZoom() + 1;
  const fitting = map.cameraForBounds([[west, south], [east, north]], { padding: 60 });
  map.easeTo({
    center: fitting?.center ?? feature.geometry.coordinates,
    zoom: Math.min(Math.max(fitting?.zoom ?? closer, closer), MAX_ZOOM),
  });
}

async function draw() {
  const around = JSON.parse(holder.dataset.bounds || "null");
  const map = new maplibregl.Map({
    container: holder,
    style: style(NOTHING),
    center: [20, 25],
    zoom: 1,
    maxZoom: MAX_ZOOM,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: true,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl());
  map.addControl(new maplibregl.AttributionControl({ customAttribution: "Made with Natural Earth" }));
  map.getCanvas().setAttribute("aria-label", "Map of the incidents in the list");
  if (around) map.fitBounds(around, { padding: 40, maxZoom: FIT_MAX_ZOOM, animate: false });

  const incidents = new Incidents(map);
  const first = incidents.load();
  map.on("moveend", () => incidents.follow().catch(() => {}));
  map.on("click", "points", (event) => {
    const seen = new Map(event.features.map((feature) => [feature.properties.id, feature.properties]));
    popup(map, event.lngLat, seen.values(), null);
  });
  map.on("click", "clusters", (event) => open(map, event.features[0]));
  for (const layer of ["points", "clusters"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("style.load", () => map.getSource("incidents").setData(incidents.data ?? NOTHING));
  map.on("dragend", () => { here.hidden = false; });
  map.on("zoomend", () => { here.hidden = false; });
  here.addEventListener("click", () => location.assign(narrowed(boxParameter(map, 0))));
  document.addEventListener("tocsin:changed", () => incidents.load().catch(() => {}));
  document.addEventListener("tocsin:theme", () => map.setStyle(style(incidents.data ?? NOTHING)));
  note.textContent = "Circles are how far an incident may be from its point. Borders are drawn as they are held; dashed ones are disputed.";
  await first;
  map.once("idle", () => { holder.dataset.drawn = "true"; });
}

if (holder) {
  draw().catch((error) => {
    holder.hidden = true;
    note.textContent = `The map cannot be drawn here (${error.message}); the list shows the same incidents.`;
  });
}
