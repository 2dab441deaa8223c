// The board's map: land, borders and incidents, all from this host. Incidents are drawn where the
// record puts them, never moved apart, each with a circle of how far off it may be.

import * as maplibregl from "./vendor/maplibre/maplibre-gl.mjs";

maplibregl.setWorkerUrl(new URL("./vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href);

const EARTH_AROUND_M = 40_075_016.686;
const TILE_PX = 512;
const CLUSTER_RADIUS_PX = 36;
const CLUSTER_MAX_ZOOM = 9;
const MAX_ZOOM = 16;
const FIT_MAX_ZOOM = 7;
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

async function points() {
  const answer = await fetch(holder.dataset.points);
  if (!answer.ok) throw new Error(String(answer.status));
  const found = await answer.json();
  for (const feature of found.features) {
    const { uncertainty_km: km } = feature.properties;
    feature.properties.r0 = radiusAtZoom0(km ?? 0, feature.geometry.coordinates[1]);
  }
  return found;
}

function style(found) {
  const grown = ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "r0"], 20, ["*", ["get", "r0"], 2 ** 20]];
  const alone = ["!", ["has", "point_count"]];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: `${BASEMAP}land.geojson` },
      borders: { type: "geojson", data: `${BASEMAP}borders.geojson` },
      incidents: {
        type: "geojson",
        data: found,
        cluster: true,
        clusterRadius: CLUSTER_RADIUS_PX,
        clusterMaxZoom: CLUSTER_MAX_ZOOM,
      },
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
        id: "clusters", type: "circle", source: "incidents", filter: ["has", "point_count"],
        paint: {
          "circle-color": colour("--point"),
          "circle-opacity": 0.85,
          "circle-radius": ["interpolate", ["linear"], ["log10", ["get", "point_count"]], 0, 9, 4, 30],
        },
      },
      {
        id: "counts", type: "symbol", source: "incidents", filter: ["has", "point_count"],
        layout: {
          "text-field": ["get", "point_count_abbreviated"],
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

/** The box around all points; null where there are none. */
function bounds(found) {
  const box = new maplibregl.LngLatBounds();
  for (const feature of found.features) box.extend(feature.geometry.coordinates);
  return box.isEmpty() ? null : box;
}

/** What a click may have meant: several incidents can stand at one place. */
function popup(map, event) {
  const seen = new Map(event.features.map((feature) => [feature.properties.id, feature.properties]));
  const list = document.createElement("ul");
  list.className = "popup";
  for (const one of seen.values()) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/incidents/${encodeURIComponent(one.id)}`;
    link.textContent = one.title;
    link.dir = "auto";
    item.append(`${one.day ?? "undated"} `, link);
    list.append(item);
  }
  new maplibregl.Popup({ maxWidth: "22rem" }).setLngLat(event.lngLat).setDOMContent(list).addTo(map);
}

function boxParameter(map) {
  const box = map.getBounds();
  const wide = box.getEast() - box.getWest() >= 360;
  const wrap = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const sides = wide
    ? [-180, box.getSouth(), 180, box.getNorth()]
    : [wrap(box.getWest()), box.getSouth(), wrap(box.getEast()), box.getNorth()];
  const [west, south, east, north] = sides;
  return [west, Math.max(south, -90), east, Math.min(north, 90)].map((side) => side.toFixed(4)).join(",");
}

function narrow(map) {
  const address = new URL(location.href);
  for (const name of ["cursor", "near", "polygon"]) address.searchParams.delete(name);
  address.searchParams.set("bbox", boxParameter(map));
  location.assign(address);
}

async function draw() {
  const found = await points();
  const map = new maplibregl.Map({
    container: holder,
    style: style(found),
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
  const around = bounds(found);
  if (around) map.fitBounds(around, { padding: 40, maxZoom: FIT_MAX_ZOOM, animate: false });

  map.on("click", "points", (event) => popup(map, event));
  map.on("click", "clusters", async (event) => {
    const [cluster] = event.features;
    const zoom = await map.getSource("incidents").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: Math.min(zoom, MAX_ZOOM) });
  });
  for (const layer of ["points", "clusters"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.once("idle", () => { holder.dataset.drawn = "true"; });
  map.on("dragend", () => { here.hidden = false; });
  map.on("zoomend", () => { here.hidden = false; });
  here.addEventListener("click", () => narrow(map));
  document.addEventListener("tocsin:changed", async () => {
    map.getSource("incidents").setData(await points());
  });
  document.addEventListener("tocsin:theme", async () => map.setStyle(style(await points())));
  note.textContent = "Circles are how far an incident may be from its point. Borders are drawn as they are held; dashed ones are disputed.";
}

if (holder) {
  draw().catch((error) => {
    holder.hidden = true;
    note.textContent = `The map cannot be drawn here (${error.message}); the list shows the same incidents.`;
  });
}
